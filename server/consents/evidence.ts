import type { Readable } from 'node:stream';
import type { Asked } from '../access/asked.ts';
import type { FileStore } from '../archive/file-store.ts';
import { recordAct } from '../audit/record.ts';
import { getCaseFor } from '../cases/case-access.ts';
import { recordRead } from '../cases/read-use-cases.ts';
import { Failure } from '../contract/index.ts';
import { type PhotographFormat, requireStripped } from '../formats/document/photograph.ts';
import type { Work } from '../store/stores.ts';
import type { ConsentEvidence } from './store.ts';

export interface EvidenceParts {
  work: Work<'audit' | 'calls' | 'consents' | 'consultations'>;
  files: FileStore;
}

/** A telephone's photograph of one page stays below. */
export const MAX_EVIDENCE_BYTES = 15 * 1024 ** 2;

/**
 * Takes the drawn signature, or the photograph of the signed paper, that a consent names by its hash.
 * @throws Failure too-large / file-too-large, invalid-message / hash-mismatch, file-empty, file-damaged, photograph-metadata
 */
export async function putEvidence(
  { work, files }: EvidenceParts,
  asked: Asked,
  consultationId: string,
  sha256: string,
  source: AsyncIterable<Uint8Array>,
): Promise<{ sizeBytes: number }> {
  const { caller, at } = asked;
  // Before a byte is read: strangers store nothing.
  await getCaseFor(work.read, caller, consultationId, 'record-consent', { at });
  const bytes = await readAll(source);
  const format = formatOf(bytes);
  requireStripped(format, bytes);
  const staged = await files.stage(only(bytes), MAX_EVIDENCE_BYTES);
  try {
    if (staged.sha256 !== sha256)
      throw new Failure('invalid-message', 'the bytes are not those that were named', { reason: 'hash-mismatch' });
    await files.keep(staged);
  } finally {
    await files.discard(staged);
  }
  const sizeBytes = bytes.length;
  await work.write(async (stores) => {
    await getCaseFor(stores, caller, consultationId, 'record-consent', { at, lock: true });
    await stores.consents.insertEvidence({
      consultationId,
      sha256,
      mediaType: `image/${format}`,
      sizeBytes,
      addedBy: caller.accountId,
      addedAt: at.toISOString(),
    });
    await recordAct(stores.audit, asked, {
      action: 'consent-evidence:put',
      subjectKind: 'consent-evidence',
      subjectId: sha256,
      consultationId,
      detail: { sizeBytes },
    });
  });
  return { sizeBytes };
}

/** For those who see the patient in full: a signature names who signed. Each reading leaves its row. */
export async function openEvidence(
  { work, files }: EvidenceParts,
  asked: Asked,
  consultationId: string,
  sha256: string,
): Promise<{ stream: Readable; evidence: ConsentEvidence }> {
  const { caller, at } = asked;
  const { basis } = await getCaseFor(work.read, caller, consultationId, 'reveal-patient', { at });
  const evidence = await work.read.consents.findEvidence(consultationId, sha256);
  if (!evidence) throw new Failure('not-found', 'no such evidence');
  await work.write((stores) =>
    recordRead(stores, asked, { basis, subjectKind: 'consent-evidence', subjectId: sha256, consultationId }),
  );
  return { stream: await files.open(sha256), evidence };
}

async function readAll(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of source) {
    sizeBytes += piece.length;
    if (sizeBytes > MAX_EVIDENCE_BYTES)
      throw new Failure('too-large', 'the file is larger than this server takes', { reason: 'file-too-large' });
    pieces.push(piece);
  }
  if (sizeBytes === 0) throw new Failure('invalid-message', 'the file is empty', { reason: 'file-empty' });
  return Buffer.concat(pieces);
}

/** PNG (third edition) section 5.2; ITU-T T.81 annex B. */
function formatOf(bytes: Uint8Array): PhotographFormat {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg';
  throw new Failure('invalid-message', 'neither PNG nor JPEG', { reason: 'photograph-format-unsupported' });
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
