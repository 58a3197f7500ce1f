import canonicalize from 'canonicalize';
import type { Signer } from '../accounts/signing.ts';
import { isSignatureValid } from '../accounts/signing.ts';
import { ReportContent } from '../contract/index.ts';
import type { StoredReport } from './store.ts';

/** The bytes that are signed: RFC 8785 canonical JSON, UTF-8. */
export function canonicalForm(content: ReportContent): string {
  const canonical = canonicalize(content);
  if (canonical === undefined) throw new Error('a report must be JSON');
  return canonical;
}

/** @param opinionVersion of the opinion that is signed. */
export function signed(
  content: ReportContent,
  { signer, opinionVersion }: { signer: Signer; opinionVersion: number },
): StoredReport {
  const canonical = canonicalForm(content);
  return {
    reportId: content.reportId,
    consultationId: content.consultationId,
    version: content.version,
    opinionVersion,
    authorId: content.author.accountId,
    signedAt: content.signedAt,
    canonical,
    signature: {
      algorithm: signer.algorithm,
      signerId: content.author.accountId,
      publicKey: signer.publicKey,
      value: Buffer.from(signer.sign(Buffer.from(canonical))).toString('base64'),
    },
  };
}

/**
 * What was signed, and whether the signature holds: over exactly the stored bytes, by the key that is registered for the
 * author whom the report names. A key that came along with a forged report is worth nothing.
 * @throws Error where the stored text is no report at all.
 */
export function opened(
  report: StoredReport,
  registeredPublicKey: string | undefined,
): { content: ReportContent; signatureValid: boolean } {
  const { canonical, signature } = report;
  const content = ReportContent.parse(JSON.parse(canonical));
  const signatureValid =
    signature.publicKey === registeredPublicKey &&
    signature.signerId === content.author.accountId &&
    report.consultationId === content.consultationId &&
    // Bytes that parse to this content but are not its canonical form could not be checked from the content by others.
    canonicalForm(content) === canonical &&
    isSignatureValid(Buffer.from(canonical), signature);
  return { content, signatureValid };
}
