import type { Readable } from 'node:stream';
import type { Asked } from '../access/asked.ts';
import type { FileStore } from '../archive/file-store.ts';
import { recordAct } from '../audit/record.ts';
import { getCaseAccess, getCaseFor, listCaseActions } from '../cases/case-access.ts';
import { recordRead } from '../cases/read-use-cases.ts';
import { Failure } from '../contract/index.ts';
import type { Stores, Work } from '../store/stores.ts';
import { opened } from './report.ts';
import type { KeyImageFile } from './store.ts';

export interface KeyImageParts {
  work: Work<'audit' | 'calls' | 'consultations' | 'reports'>;
  files: FileStore;
}

/** PNG at 4096² with 8-bit RGBA stays below, whatever it shows. */
export const MAX_KEY_IMAGE_BYTES = 30 * 1024 ** 2;
/** PNG specification (third edition) section 5.2. */
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Takes the picture that an opinion names by its hash. The same bytes sent again are kept once.
 * @throws Failure too-large / file-too-large, invalid-message / hash-mismatch, file-empty or file-damaged (no PNG).
 */
export async function putKeyImage(
  { work, files }: KeyImageParts,
  asked: Asked,
  consultationId: string,
  sha256: string,
  source: AsyncIterable<Uint8Array>,
): Promise<{ sizeBytes: number }> {
  const { caller, at } = asked;
  await getCaseFor(work.read, caller, consultationId, 'write-opinion', { at });
  const received = await files.receive(startsAsPng(source), MAX_KEY_IMAGE_BYTES);
  try {
    if (received.sha256 !== sha256)
      throw new Failure('invalid-message', 'the bytes are not those that were named', { reason: 'hash-mismatch' });
    await files.keep(received);
  } finally {
    await files.discard(received);
  }
  const { sizeBytes } = received;
  await work.write(async (stores) => {
    await getCaseFor(stores, caller, consultationId, 'write-opinion', { at, lock: true });
    await stores.reports.insertKeyImage({
      consultationId,
      sha256,
      sizeBytes,
      addedBy: caller.accountId,
      addedAt: at.toISOString(),
    });
    await recordAct(stores.audit, asked, {
      action: 'key-image:put',
      subjectKind: 'key-image',
      subjectId: sha256,
      consultationId,
      detail: { sizeBytes },
    });
  });
  return { sizeBytes };
}

/** To whoever writes the opinion each that was sent for it; to whoever may read the report those that a signed one names. */
export async function openKeyImage(
  { work, files }: KeyImageParts,
  asked: Asked,
  consultationId: string,
  sha256: string,
): Promise<{ stream: Readable; sizeBytes: number }> {
  const { caller, at } = asked;
  const { consultation } = await getCaseAccess(work.read, caller, consultationId, at);
  const writes = (await listCaseActions(work.read, caller, consultationId, at)).includes('write-opinion');
  const action = writes || consultation.issuedAt === null ? 'write-opinion' : 'read-report';
  const { basis } = await getCaseFor(work.read, caller, consultationId, action, { at });
  const image = await work.read.reports.findKeyImage(consultationId, sha256);
  if (!image || (action === 'read-report' && !(await isSigned(work.read, image))))
    throw new Failure('not-found', 'no such key image');
  await work.write((stores) =>
    recordRead(stores, asked, { basis, subjectKind: 'key-image', subjectId: sha256, consultationId }),
  );
  return { stream: await files.open(sha256), sizeBytes: image.sizeBytes };
}

/** What is taken for an amendment is its author's until that is signed. */
async function isSigned(stores: Pick<Stores, 'reports'>, { consultationId, sha256 }: KeyImageFile): Promise<boolean> {
  const reports = await stores.reports.listByConsultation(consultationId);
  return reports.some((report) =>
    opened(report, undefined).content.keyImages.some(({ imageSha256 }) => imageSha256 === sha256),
  );
}

/** Passes the bytes through and stops at the first that no PNG has. */
async function* startsAsPng(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let offset = 0;
  for await (const chunk of source) {
    const expected = PNG_SIGNATURE.subarray(offset, offset + chunk.length);
    if (!expected.equals(chunk.subarray(0, expected.length)))
      throw new Failure('invalid-message', 'not a PNG picture', { reason: 'file-damaged' });
    offset += chunk.length;
    yield chunk;
  }
  if (offset === 0) throw new Failure('invalid-message', 'the file is empty', { reason: 'file-empty' });
  if (offset < PNG_SIGNATURE.length)
    throw new Failure('invalid-message', 'not a PNG picture', { reason: 'file-damaged' });
}
