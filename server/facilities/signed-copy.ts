import type { Readable } from 'node:stream';
import type { Asked } from '../access/asked.ts';
import { changesOf } from '../audit/changes.ts';
import { type AgreementDetail, Failure } from '../contract/index.ts';
import { type AgreementParts, changeAgreement, getAgreement } from './agreement-use-cases.ts';

export interface StagedCopy {
  sha256: string;
  sizeBytes: number;
}

/** The store of originals, as far as copies need it; the archive's own store fits. */
interface CopyStore<Staged extends StagedCopy> {
  stage(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Staged>;
  keep(file: Staged): Promise<void>;
  discard(file: Staged): Promise<void>;
  open(sha256: string): Promise<Readable>;
}

export interface SignedCopyParts<Staged extends StagedCopy = StagedCopy> extends AgreementParts {
  files: CopyStore<Staged>;
}

const MAX_BYTES = 20 * 1024 * 1024;
/** ISO 32000-1, 7.5.2: a file begins so; some write a few bytes before it, which readers allow. */
const PDF_MARK = '%PDF-';
const PDF_MARK_WITHIN = 1024;

/**
 * Puts the scanned paper beside a draft, in place of an earlier one. What a side has signed is then not signed any more.
 * @throws Failure not-found, conflict / agreement-signed, version-outdated, invalid-message / signed-copy-not-pdf, too-large
 */
export async function putSignedCopy<Staged extends StagedCopy>(
  parts: SignedCopyParts<Staged>,
  asked: Asked,
  agreementId: string,
  { version, name, bytes }: { version: number; name: string; bytes: AsyncIterable<Uint8Array> },
): Promise<AgreementDetail> {
  // Before a byte is read: strangers store nothing.
  await getAgreement(parts.work.read, asked.caller, agreementId);
  const staged = await parts.files.stage(beginningAsPdf(bytes), MAX_BYTES);
  try {
    const { sha256, sizeBytes } = staged;
    const step = { action: 'edit', version, recorded: 'agreement:put-copy' } as const;
    return await changeAgreement(parts, asked, agreementId, step, async (stored) => {
      await parts.files.keep(staged);
      const next = {
        ...stored,
        signedCopy: { sha256, sizeBytes, name },
        signatures: { inviting: null, invited: null },
      };
      return { next, changes: changesOf({ signedCopy: stored.signedCopy?.sha256 }, { signedCopy: sha256 }) };
    });
  } finally {
    await parts.files.discard(staged);
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
export async function openSignedCopy<Staged extends StagedCopy>(
  { work, files }: SignedCopyParts<Staged>,
  { caller }: Asked,
  agreementId: string,
): Promise<{ stream: Readable; sizeBytes: number; name: string }> {
  const { agreement } = await getAgreement(work.read, caller, agreementId);
  if (!agreement.signedCopy) throw new Failure('not-found', 'no signed copy');
  const { sha256, sizeBytes, name } = agreement.signedCopy;
  return { stream: await files.open(sha256), sizeBytes, name };
}
