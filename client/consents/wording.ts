import type { ConsentScope, ConsentSigner, ConsentTextVersion } from '../../server/contract/consent.ts';
import type { useTexts } from '../i18n/use-texts.ts';

/** What is signed for one scope, in the wording of a version. The first knew the consultation alone. */
export function wordingOf(
  t: ReturnType<typeof useTexts>,
  { textVersion, signer }: { textVersion: ConsentTextVersion; signer: ConsentSigner },
  scope: ConsentScope,
): string {
  const part = signer === 'institution' && scope === 'consult' ? 'institution' : scope;
  if (textVersion !== '1') return t(`consents:text.v${textVersion}.${part}`);
  return t(part === 'institution' ? 'consents:text.v1.institution' : 'consents:text.v1.consult');
}
