import { type ReactNode, useState } from 'react';
import type { ConsentView } from '../../server/contract/consent.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { EvidenceDialog } from './evidence-dialog.tsx';
import { wordingOf } from './wording.ts';
import '../ui/form-parts.css';
import './consents.css';

/** What was consented to, by whom, and what of it was taken back. */
export function ConsentsList({
  consultationId,
  consents,
  showsEvidence,
}: {
  consultationId: string;
  consents: ConsentView[];
  /** Who sees the patient in full sees the signature too. */
  showsEvidence: boolean;
}) {
  const t = useTexts();
  const [shown, setShown] = useState<ConsentView>();
  if (consents.length === 0) return <p className="consent-quiet">{t('consents:none')}</p>;
  return (
    <>
      <ul className="consent-list">
        {consents.map((one) => (
          <ConsentLine key={one.consentId} consent={one}>
            {showsEvidence && one.evidenceSha256 !== null && (
              <button type="button" className="button" onClick={() => setShown(one)}>
                {t('consents:openEvidence')}
              </button>
            )}
          </ConsentLine>
        ))}
      </ul>
      {shown && <EvidenceDialog consultationId={consultationId} consent={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}

/** One consent: what, by whom, how, and what was taken back of it. */
export function ConsentLine({
  consent,
  caseNumber,
  children,
}: {
  consent: ConsentView;
  /** Where consents of several cases stand below each other. */
  caseNumber?: string;
  children?: ReactNode;
}) {
  const t = useTexts();
  const formats = useFormats();
  const { signer, signerName, relation, scopes, method, reason, withdrawals } = consent;
  const who = { signer: t(`terms:signer.${signer}`), name: signerName };
  return (
    <li className="consent-line">
      {caseNumber !== undefined && <strong className="numbers">{caseNumber}</strong>}
      <span className="consent-tags">
        {scopes.map((scope) => (
          <span key={scope} className="tag" data-withdrawn={withdrawals.some((one) => one.scope === scope)}>
            {t(`consents:scope.${scope}`)}
          </span>
        ))}
      </span>
      <span>
        {relation === null
          ? t('consents:by', who)
          : t('consents:byRelation', { ...who, relation: t(`terms:relation.${relation}`) })}{' '}
        · {t(`consents:signedBy.${method}`)}
      </span>
      {reason && <span>{reason}</span>}
      <span className="consent-quiet">
        {t('consents:recorded', { at: formats.moment(consent.givenAt), name: consent.recordedBy.name })}
      </span>
      {withdrawals.map((one) => (
        <span key={one.scope} className="consent-withdrawn" data-testid="consent-withdrawn">
          {t('consents:withdrawn', { at: formats.moment(one.at), scope: t(`consents:scope.${one.scope}`) })}
          <span className="consent-quiet">
            {' '}
            {t('consents:withdrawnBy', {
              asker: [t(`terms:signer.${one.askedBy}`), one.askedByName].filter(Boolean).join(' '),
              name: one.by.name,
              reason: one.reason,
            })}
          </span>
        </span>
      ))}
      <details>
        <summary>{t('consents:wording')}</summary>
        {scopes.map((scope) => (
          <p key={scope} className="form-statement">
            {wordingOf(t, consent, scope)}
          </p>
        ))}
      </details>
      {children}
    </li>
  );
}
