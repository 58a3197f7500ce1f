import type { Readable } from 'node:stream';
import type { Asked } from '../access/asked.ts';
import { changesOf } from '../audit/changes.ts';
import { type AgreementDetail, Failure } from '../contract/index.ts';
import { type AgreementParts, changeAgreement, getAgreement } from './agreement-use-cases.ts';

export interface ReceivedCopy {
  sha256: string;
  sizeBytes: number;
}

/** The store of originals, as far as copies need it; the archive's own store fits. */
interface CopyStore<Received extends ReceivedCopy> {
  receive(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Received>;
  keep(file: Received): Promise<void>;
  discard(file: Received): Promise<void>;
  open(sha256: string): Promise<Readable>;
}

export interface SignedCopyParts<Received extends ReceivedCopy = ReceivedCopy> extends AgreementParts {
  files: CopyStore<Received>;
}

const MAX_BYTES = 20 * 1024 * 1024;
/** ISO 32000-1, 7.5.2: a file begins so; some write a few bytes before it, which readers allow. */
const PDF_MARK = '%PDF-';
const PDF_MARK_WITHIN = 1024;

/**
 * Puts the scanned paper beside a draft, in place of an earlier one. What a side has signed is then not signed any more.
 * @throws Failure not-found, conflict / agreement-signed, version-outdated, invalid-message / signed-copy-not-pdf, too-large
 */
export async function putSignedCopy<Received extends ReceivedCopy>(
  parts: SignedCopyParts<Received>,
  asked: Asked,
  agreementId: string,
  { version, name, bytes }: { version: number; name: string; bytes: AsyncIterable<Uint8Array> },
): Promise<AgreementDetail> {
  // Before a byte is read: strangers store nothing.
  await getAgreement(parts.work.read, asked.caller, agreementId);
  const received = await parts.files.receive(beginningAsPdf(bytes), MAX_BYTES);
  try {
    const { sha256, sizeBytes } = received;
    const step = { action: 'edit', version, recorded: 'agreement:put-copy' } as const;
    return await changeAgreement(parts, asked, agreementId, step, async (stored) => {
      await parts.files.keep(received);
      const next = {
        ...stored,
        signedCopy: { sha256, sizeBytes, name },
        signatures: { inviting: null, invited: null },
      };
      return { next, changes: changesOf({ signedCopy: stored.signedCopy?.sha256 }, { signedCopy: sha256 }) };
    });
  } finally {
    await parts.files.discard(received);
  }
}

/** @throws Failure invalid-message / signed-copy-not-pdf before the second piece is asked for */
async function* beginningAsPdf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const refused = () => new Failure('invalid-message', 'not a PDF', { reason: 'signed-copy-not-pdf' });
  let head = Buffer.alloc(0);
  for await (const piece of bytes) {
    if (head.length < PDF_MARK_WITHIN) {
      head = Buffer.concat([head, piece]);
      if (head.length >= PDF_MARK_WITHIN && !isPdf(head)) throw refused();
    }
    yield piece;
  }
  if (!isPdf(head)) throw refused();
}

const isPdf = (head: Buffer): boolean => head.subarray(0, PDF_MARK_WITHIN).includes(PDF_MARK);

/** For the administrators of its two sides. @throws Failure not-found */
export async function openSignedCopy<Received extends ReceivedCopy>(
  { work, files }: SignedCopyParts<Received>,
  { caller }: Asked,
  agreementId: string,
): Promise<{ stream: Readable; sizeBytes: number; name: string }> {
  const { agreement } = await getAgreement(work.read, caller, agreementId);
  if (!agreement.signedCopy) throw new Failure('not-found', 'no signed copy');
  const { sha256, sizeBytes, name } = agreement.signedCopy;
  return { stream: await files.open(sha256), sizeBytes, name };
}
