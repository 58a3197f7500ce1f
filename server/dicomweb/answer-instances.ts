import type { Request, Response } from 'express';
import { heldOf, openHome } from '../archive/picture-home.ts';
import type { Instance, Resource } from '../archive/study.ts';
import { getInstances, type SeenInstances } from '../archive/study-access.ts';
import { Failure } from '../contract/index.ts';
import { signalOf } from '../http/abort-signal.ts';
import { findByteRange } from '../http/byte-range.ts';
import { etagOf, setImmutable } from '../http/immutable.ts';
import type { Asker } from '../pictures/thread/pool.ts';
import { chooseInstanceForm } from './accept.ts';
import { instanceAddress } from './addresses.ts';
import { Refusal } from './answer.ts';
import { composeMultipart, writeTo } from './multipart-writer.ts';
import { type DicomWebParts, type DicomWebRequest, readDicomWebRequest } from './request.ts';

export async function readResource(
  parts: DicomWebParts,
  request: Request,
  response: Response,
  requestId: string,
): Promise<DicomWebRequest & { seen: SeenInstances; asker: Asker }> {
  const read = await readDicomWebRequest(parts, request, requestId);
  const { asked, params } = read;
  const resource: Resource = {
    studyInstanceUid: params.study ?? '',
    seriesInstanceUid: params.series,
    sopInstanceUid: params.instance,
  };
  const seen = await findInstances(parts, read, resource);
  await parts.studies.recordRead(asked, {
    basis: seen.basis,
    consultationId: seen.consultationId,
    ...(resource.seriesInstanceUid === undefined
      ? { subjectKind: 'study', subjectId: resource.studyInstanceUid }
      : { subjectKind: 'series', subjectId: resource.seriesInstanceUid }),
  });
  return { ...read, seen, asker: { owner: asked.caller.accountId, signal: signalOf(response) } };
}

/** @throws Failure not-found */
async function findInstances(
  { studies: { stores }, findShown }: DicomWebParts,
  { asked, root, demonstrationId }: DicomWebRequest,
  resource: Resource,
): Promise<SeenInstances> {
  if (demonstrationId === null) return getInstances(stores, asked, root, resource);
  const home = await openHome(stores, findShown, asked, { demonstrationId });
  const { basis, consultationId } = home;
  const scope = { consultationIds: [consultationId] };
  const found = await stores.studies.listInstances(scope, resource);
  const unlabelled = found.filter(({ showsLabel }) => !showsLabel);
  const instances = await heldOf(home, unlabelled, ({ sopInstanceUid }) => sopInstanceUid);
  if (instances.length === 0) throw new Failure('not-found', 'no such study');
  return { scope, basis, consultationId, instances };
}

/** WADO-RS of a study, series or instance: the stored bytes, PS3.18 section 10.4. */
export async function answerInstances(
  parts: DicomWebParts,
  request: Request,
  response: Response,
  requestId: string,
): Promise<void> {
  const { accept, addresses, seen } = await readResource(parts, request, response, requestId);
  const { instances } = seen;
  const form = chooseInstanceForm(
    accept,
    instances.map((instance) => instance.transferSyntaxUid),
  );
  if (form === undefined) throw new Refusal(406, 'instances are given as they are stored: transfer-syntax=*');
  const [first] = instances;
  if (!form.isMultipart && first !== undefined) return sendInstance(parts, request, response, first);

  const multipart = composeMultipart(
    'application/dicom',
    instances.map((instance) => ({
      contentType: contentTypeOf(instance),
      location: instanceAddress(addresses, instance),
      sizeBytes: instance.sizeBytes,
      open: () => parts.studies.files.open(instance.sha256),
    })),
  );
  response
    .set('content-type', multipart.contentType)
    .set('content-length', String(multipart.sizeBytes))
    // Without an entity tag it could only be sent again, so that a copy in the browser would serve nobody but the next person there.
    .set('cache-control', 'no-store')
    .vary('accept');
  if (request.method !== 'HEAD') await multipart.write(response);
  response.end();
}

async function sendInstance(
  { studies }: DicomWebParts,
  request: Request,
  response: Response,
  instance: Instance,
): Promise<void> {
  const etag = etagOf(instance.sha256, 'instance');
  setImmutable(response, etag);
  response.set('content-type', contentTypeOf(instance)).set('accept-ranges', 'bytes');
  if (request.headers['if-none-match'] === etag) {
    response.status(304).end();
    return;
  }
  const range = findByteRange(request.headers.range, instance.sizeBytes);
  if (range === 'unsatisfiable') {
    response.set('content-range', `bytes */${instance.sizeBytes}`);
    throw new Refusal(416, 'the range lies outside the instance');
  }
  const { start, length } = range ?? { start: 0, length: instance.sizeBytes };
  response.set('content-length', String(length));
  if (range) response.status(206).set('content-range', `bytes ${start}-${start + length - 1}/${instance.sizeBytes}`);
  if (request.method !== 'HEAD')
    for await (const bytes of await studies.files.open(instance.sha256, { start, length }))
      await writeTo(response, bytes);
  response.end();
}

function contentTypeOf({ transferSyntaxUid }: Instance): string {
  return `application/dicom; transfer-syntax=${transferSyntaxUid}`;
}
