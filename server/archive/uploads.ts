import { createHash, randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { getCaseFor } from '../cases/case-access.ts';
import { Failure, MAX_FILE_BYTES, UPLOAD_CHUNK_BYTES, type UploadInput, type UploadView } from '../contract/index.ts';
import { createKeyedMutex } from '../runtime/mutex.ts';
import { type Archive, type ArchiveWork, findStored } from './archive.ts';
import { tooLarge } from './folder-file-store.ts';
import type { Inspection } from './inspection.ts';
import { attach } from './materials.ts';
import type { PartialFiles } from './partial-files.ts';
import type { Upload } from './study.ts';

/** The largest body of one request; a client that measures a fast line may send more than one chunk's worth at once. */
export const MAX_CHUNK_BYTES = UPLOAD_CHUNK_BYTES * 4;
/** What one person may have announced and not yet sent: a few are sent at a time, and a slide is two GiB at most. */
const MAX_UNFINISHED = 1_000;
const MAX_UNFINISHED_BYTES = 16 * 2 ** 30;
/** How long an upload may lie without a word from its sender. */
const UPLOAD_LIFE_MS = 7 * 24 * 3_600_000;

export interface Uploads {
  announce(asked: Asked, consultationId: string, input: UploadInput): Promise<UploadView>;
  receive(asked: Asked, uploadId: string, chunk: Chunk): Promise<UploadView>;
  read(caller: Caller, uploadId: string): Promise<UploadView>;
  /** Removes uploads that nobody has continued for seven days. */
  removeStale(): Promise<void>;
}

export interface Chunk {
  offset: number;
  bytes: Uint8Array;
  /** What the sender computed over these bytes, if it did. */
  sha256: string | undefined;
}

export interface UploadParts {
  work: ArchiveWork;
  clock: () => Date;
  archive: Archive;
  partials: PartialFiles;
  maxFileBytes?: number;
  /** After what is attached to a case has changed. */
  onMaterialsChanged(consultationId: string): void;
}

export function createUploads(parts: UploadParts): Uploads {
  const { work, clock, partials } = parts;
  // Two windows that send the same upload would otherwise write over each other between the size check and the write.
  const exclusively = createKeyedMutex();

  return {
    async announce(asked, consultationId, input) {
      const upload = await register(parts, asked, consultationId, input);
      return exclusively(upload.uploadId, () => proceed(parts, asked, upload));
    },

    async receive(asked, uploadId, chunk) {
      const { caller, at } = asked;
      const { bytes, sha256 } = chunk;
      if (sha256 !== undefined && createHash('sha256').update(bytes).digest('hex') !== sha256)
        throw new Failure('conflict', 'the chunk has another hash than stated', { reason: 'hash-mismatch' });
      const upload = await getOwn(work, caller, uploadId);
      await getCaseFor(work.read, caller, upload.consultationId, 'attach', { at });
      return exclusively(uploadId, () => append(parts, asked, upload, chunk));
    },

    async read(caller, uploadId) {
      const upload = await getOwn(work, caller, uploadId);
      const receivedBytes = upload.state === 'stored' ? upload.sizeBytes : await partials.sizeOf(uploadId);
      return toView(upload, upload.state, receivedBytes);
    },

    async removeStale() {
      const before = new Date(clock().getTime() - UPLOAD_LIFE_MS);
      const idle = new Set(await partials.listIdleSince(before));
      for (const { uploadId } of await work.read.uploads.listAnnouncedBefore(before.toISOString()))
        await exclusively(uploadId, async () => {
          const upload = await work.read.uploads.find(uploadId);
          if (!upload || upload.announcedAt >= before.toISOString()) return;
          if (!idle.has(uploadId) && (await partials.sizeOf(uploadId)) > 0) return;
          await work.write((stores) => stores.uploads.delete(uploadId));
          await partials.remove(uploadId);
        });
      // What a crash left without a row.
      for (const uploadId of idle) if (!(await work.read.uploads.find(uploadId))) await partials.remove(uploadId);
    },
  };
}

async function getOwn(work: UploadParts['work'], caller: Caller, uploadId: string): Promise<Upload> {
  const upload = await work.read.uploads.find(uploadId);
  if (!upload || upload.accountId !== caller.accountId || upload.facilityId !== caller.facilityId)
    throw new Failure('not-found', 'no such upload');
  return upload;
}

/** Notes what is about to be sent. The same file, announced again by the same person, is the same upload. */
async function register(
  { work, maxFileBytes = MAX_FILE_BYTES }: UploadParts,
  { caller, at }: Asked,
  consultationId: string,
  { name, sizeBytes, sha256 }: UploadInput,
): Promise<Upload> {
  if (sizeBytes === 0) throw new Failure('invalid-message', 'the file has no bytes', { reason: 'file-empty' });
  if (sizeBytes > maxFileBytes) throw tooLarge();
  const { accountId, facilityId } = caller;
  return work.write(async (stores) => {
    await getCaseFor(stores, caller, consultationId, 'attach', { at });
    const announced = await stores.uploads.announce({
      uploadId: randomUUID(),
      consultationId,
      accountId,
      facilityId,
      name,
      sizeBytes,
      sha256,
      state: 'receiving',
      announcedAt: at.toISOString(),
    });
    requireRoom(await stores.uploads.sumUnfinished(accountId));
    return announced;
  });
}

/** Goes on where an announced upload stands, which may be its end. */
async function proceed(parts: UploadParts, asked: Asked, upload: Upload): Promise<UploadView> {
  const { partials } = parts;
  const { uploadId, sizeBytes } = upload;
  const stored = await attachStored(parts, asked, upload);
  if (stored) return stored;
  const receivedBytes = await partials.sizeOf(uploadId);
  // The size of the same bytes cannot change; who says so has not sent these bytes before.
  if (receivedBytes > sizeBytes) await partials.remove(uploadId);
  if (receivedBytes === sizeBytes) return complete(parts, asked, upload);
  return toView(upload, 'receiving', receivedBytes > sizeBytes ? 0 : receivedBytes);
}

/** Only at the end of what is there; the last chunk completes the upload. */
async function append(parts: UploadParts, asked: Asked, upload: Upload, { offset, bytes }: Chunk): Promise<UploadView> {
  const { work, partials } = parts;
  const { uploadId, sizeBytes } = upload;
  const receivedBytes = await partials.sizeOf(uploadId);
  const end = offset + bytes.length;
  if ((await getOwn(work, asked.caller, uploadId)).state === 'stored' || offset !== receivedBytes || end > sizeBytes)
    throw new Failure('conflict', 'announce the file again: it continues elsewhere', { reason: 'offset-mismatch' });
  if (bytes.length > 0) await partials.append(uploadId, offset, bytes);
  return end === sizeBytes ? complete(parts, asked, upload) : toView(upload, 'receiving', end);
}

/** All bytes are there: check, keep, register and attach them. A file that fails the check is thrown away. */
async function complete(parts: UploadParts, asked: Asked, upload: Upload): Promise<UploadView> {
  const { archive, partials, onMaterialsChanged } = parts;
  const { uploadId, consultationId } = upload;
  const file = await partials.received(uploadId);
  if (file.sha256 !== upload.sha256) {
    await partials.remove(uploadId);
    throw new Failure('conflict', 'the received bytes have another hash than announced', { reason: 'hash-mismatch' });
  }
  try {
    await archive.store(file, asked, {
      name: upload.name,
      accept: requireShowable,
      async also(stores, stored) {
        await attach(stores, asked, consultationId, stored);
        await stores.uploads.setState(uploadId, 'stored');
      },
    });
  } catch (err) {
    if (err instanceof Failure && isFinal(err)) await partials.remove(uploadId);
    throw err;
  }
  await partials.remove(uploadId);
  onMaterialsChanged(consultationId);
  return toView(upload, 'stored', upload.sizeBytes);
}

/** Where this facility's archive has the bytes already, the file need not be sent. */
async function attachStored(parts: UploadParts, asked: Asked, upload: Upload): Promise<UploadView | undefined> {
  const attached = await parts.work.write(async (stores) => {
    const stored = await findStored(stores, upload.facilityId, upload.sha256);
    if (!stored) return false;
    await attach(stores, asked, upload.consultationId, stored);
    await stores.uploads.setState(upload.uploadId, 'stored');
    return true;
  });
  if (!attached) return undefined;
  await parts.partials.remove(upload.uploadId);
  parts.onMaterialsChanged(upload.consultationId);
  return toView(upload, 'stored', upload.sizeBytes);
}

/** @throws Failure rate-limited / uploads-unfinished: what was announced and never sent holds places for seven days. */
function requireRoom({ count, sizeBytes }: { count: number; sizeBytes: number }): void {
  if (count <= MAX_UNFINISHED && sizeBytes <= MAX_UNFINISHED_BYTES) return;
  throw new Failure('rate-limited', 'too many unfinished uploads', { reason: 'uploads-unfinished', retryAfterS: 60 });
}

/**
 * An archive keeps every whole object; into a case comes only what its reader will see.
 * @throws Failure invalid-message with the reason
 */
function requireShowable(inspection: Inspection): void {
  if (inspection.form === 'file' || !inspection.refusal) return;
  const { reason, message } = inspection.refusal;
  throw new Failure('invalid-message', message, { reason });
}

/** The file or the case is at fault, not the moment: keeping the bytes for another try would be of no use. */
function isFinal(failure: Failure): boolean {
  return failure.code === 'invalid-message' || failure.code === 'too-large' || failure.reason === 'instance-differs';
}

function toView({ uploadId, sizeBytes }: Upload, state: Upload['state'], receivedBytes: number): UploadView {
  return { uploadId, state, receivedBytes, sizeBytes };
}
