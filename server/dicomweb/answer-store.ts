import type { Request, Response } from 'express';
import type { Asked } from '../access/asked.ts';
import { mayUseArchive } from '../access/may.ts';
import type { InstanceInspection } from '../archive/inspection.ts';
import { attach } from '../archive/materials.ts';
import type { Root } from '../archive/study-access.ts';
import { getCaseFor } from '../cases/case-access.ts';
import { Failure, MAX_FILE_BYTES } from '../contract/index.ts';
import { parseMediaType, takes } from '../formats/media-type.ts';
import { type MultipartPart, readMultipart } from '../formats/multipart.ts';
import { readRequestBody } from '../http/request-body.ts';
import { toFailure } from '../runtime/failures.ts';
import { chooseJson } from './accept.ts';
import { Refusal } from './answer.ts';
import { type DicomWebParts, readDicomWebRequest } from './request.ts';
import { type StoreOutcome, StudyMismatch, storeResponse, storeStatus } from './store-response.ts';

const DICOM = 'application/dicom';

/**
 * STOW-RS, PS3.18 section 10.5: each part goes straight to the disk and is kept or refused by itself. Under a case's root
 * what is stored is attached to the case as well.
 */
export async function answerStore(
  parts: DicomWebParts,
  request: Request,
  response: Response,
  requestId: string,
): Promise<void> {
  const { asked, root, params, accept, addresses } = await readDicomWebRequest(parts, request, requestId);
  if (root.consultationId !== null)
    await getCaseFor(parts.studies.stores, asked.caller, root.consultationId, 'attach', { at: asked.at });
  else if (!mayUseArchive(asked.caller)) throw new Failure('forbidden', 'this role does not store images');
  const contentType = chooseJson(accept);
  if (contentType === undefined) throw new Refusal(406, 'the answer comes as application/dicom+json');

  const outcomes: StoreOutcome[] = [];
  try {
    for await (const part of readMultipart(readRequestBody(request), boundaryOf(request)))
      outcomes.push(await storePart(parts, asked, root, params.study, part));
  } catch (err) {
    // What came before the fault is stored, and the sender must learn of it.
    if (!(err instanceof Failure) || !outcomes.some((outcome) => outcome.stored)) throw err;
    // A body that ends inside a part has made that part fail already.
    if (outcomes.at(-1)?.stored) outcomes.push({ stored: null, sopClassUid: null, sopInstanceUid: null, failure: err });
  }
  if (outcomes.length === 0) throw new Failure('invalid-message', 'the request has no parts');
  if (root.consultationId !== null && outcomes.some((outcome) => outcome.stored))
    parts.studies.materialsChanged(root.consultationId);
  const status = storeStatus(outcomes);
  if (status === 503) response.set('retry-after', '60');
  response
    .status(status)
    .set('cache-control', 'no-store')
    .set('content-type', contentType)
    .end(JSON.stringify(storeResponse(outcomes, addresses)));
}

/** @throws Refusal 415; Failure invalid-message where the multipart form lacks its boundary. */
function boundaryOf(request: Request): string {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new Refusal(415, `a body in ${encoding} is not taken: send it as it is`);
  const type = parseMediaType(request.headers['content-type'] ?? '');
  const of = type?.parameters.get('type') ?? DICOM;
  if (type?.type !== 'multipart/related' || !takes(of.toLowerCase(), DICOM))
    throw new Refusal(415, 'instances are stored as multipart/related; type="application/dicom"');
  const boundary = type.parameters.get('boundary') ?? '';
  if (boundary === '' || boundary.length > 200) throw new Failure('invalid-message', 'the body has no usable boundary');
  return boundary;
}

async function storePart(
  { studies, log }: DicomWebParts,
  asked: Asked,
  root: Root,
  studyInstanceUid: string | undefined,
  part: MultipartPart,
): Promise<StoreOutcome> {
  let inspection: InstanceInspection | undefined;
  try {
    const type = parseMediaType(part.headers.get('content-type') ?? DICOM);
    if (type?.type !== DICOM) throw new Failure('invalid-message', 'a part is not application/dicom');
    const file = await studies.files.receive(part.body, studies.maxFileBytes ?? MAX_FILE_BYTES);
    try {
      const stored = await studies.archive.store(file, asked, {
        name: '',
        accept(found) {
          if (found.form !== 'instance')
            throw new Failure('invalid-message', 'a slide, but no DICOM object', { reason: 'not-dicom' });
          inspection = found;
          if (studyInstanceUid !== undefined && found.study.studyInstanceUid !== studyInstanceUid)
            throw new StudyMismatch();
        },
        async also(stores, one) {
          if (root.consultationId !== null) await attach(stores, asked, root.consultationId, one);
        },
      });
      if (stored.form !== 'instance') throw new Error('a file was stored as an instance');
      return { stored: stored.instance };
    } finally {
      await studies.files.discard(file);
    }
  } catch (err) {
    const failure = toFailure(err);
    log.info(
      { requestId: asked.requestId, code: failure.code, reason: failure.reason, err: failure.cause },
      'an instance was not stored',
    );
    const { sopClassUid = null, sopInstanceUid = null } = inspection?.instance ?? {};
    return { stored: null, sopClassUid, sopInstanceUid, failure };
  }
}
