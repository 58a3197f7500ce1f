import type { IdentifierKind, MaskedIdentifier } from '../../../server/contract/patient-register.ts';
import { useTexts } from '../../i18n/use-texts.ts';

/** Numbers of a patient, each with what it is; the one that was searched stands out. */
export function Identifiers({
  identifiers,
  isIdentified,
  matched,
}: {
  identifiers: MaskedIdentifier[];
  isIdentified: boolean;
  matched: IdentifierKind[];
}) {
  const t = useTexts();
  return (
    <>
      {!isIdentified && <span className="tag patient-unidentified">{t('patients:noDocument')}</span>}
      {identifiers.map(({ kind, masked }) => (
        <span key={`${kind}/${masked}`} className="patient-number" data-matched={matched.includes(kind)}>
          <span className="patient-quiet">{t(`patients:kind.${kind}`)}</span> <span className="numbers">{masked}</span>
        </span>
      ))}
      {matched.length > 0 && (
        <span className="visually-hidden">
          {t('patients:matched', { kinds: matched.map((kind) => t(`patients:kind.${kind}`)).join(' · ') })}
        </span>
      )}
    </>
  );
}
