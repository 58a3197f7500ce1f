import { createHash } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { getCaseFor } from '../cases/case-access.ts';
import { recordRead } from '../cases/read-use-cases.ts';
import { Failure } from '../contract/index.ts';
import { type PhotographFormat, requireStripped } from '../formats/document/photograph.ts';
import type { Work } from '../store/stores.ts';
import type { EvidenceFiles } from './evidence-files.ts';
import type { ConsentEvidence } from './store.ts';

export interface EvidenceParts {
  work: Work<'audit' | 'calls' | 'consents' | 'consultations'>;
  evidence: EvidenceFiles;
}

/** A telephone's photograph of one page stays below. */
export const MAX_EVIDENCE_BYTES = 15 * 1024 ** 2;

/**
 * Takes the drawn signature, or the photograph of the signed paper, that a consent names by its hash.
 * @throws Failure too-large / file-too-large, invalid-message / hash-mismatch, file-empty, file-damaged, photograph-metadata
 */
export async function putEvidence(
  { work, evidence }: EvidenceParts,
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
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new Failure('invalid-message', 'the bytes are not those that were named', { reason: 'hash-mismatch' });
  await evidence.keep(sha256, bytes);
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

/**
 * For those who see the patient in full: a signature names who signed. Each reading leaves its row, and so does each that failed.
 * @throws Failure not-found; internal / evidence-missing, evidence-damaged, evidence-other-key
 */
export async function openEvidence(
  { work, evidence: files }: EvidenceParts,
  asked: Asked,
  consultationId: string,
  sha256: string,
): Promise<{ bytes: Uint8Array; evidence: ConsentEvidence }> {
  const { caller, at } = asked;
  const { basis } = await getCaseFor(work.read, caller, consultationId, 'reveal-patient', { at });
  const evidence = await work.read.consents.findEvidence(consultationId, sha256);
  if (!evidence) throw new Failure('not-found', 'no such evidence');
  const subject = { subjectKind: 'consent-evidence', subjectId: sha256, consultationId };
  const bytes = await files.read(sha256).catch(async (err: unknown) => {
    const reason = err instanceof Failure ? err.reason : undefined;
    await work.write(({ audit }) =>
      recordAct(audit, asked, { action: 'consent-evidence:fail', ...subject, detail: reason ? { reason } : {} }),
    );
    throw err;
  });
  await work.write((stores) => recordRead(stores, asked, { basis, ...subject }));
  return { bytes, evidence };
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
