import type { ReactNode } from 'react';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { useTexts } from '../../i18n/use-texts.ts';

export function ClinicalPanel({ view }: { view: ConsultationView }) {
  const t = useTexts();
  const { consent } = view;
  return (
    <section className="panel" aria-labelledby="clinical">
      <h2 id="clinical">{t('case:sections.clinical')}</h2>
      <dl className="case-texts">
        <Entry label={t('case:question')} text={view.question} />
        <Entry label={t('case:history')} text={view.historySummary} />
        <dt>{t('case:diagnosis')}</dt>
        <dd>
          {view.diagnosis.length === 0 ? (
            <span className="case-quiet">{t('case:notFilled')}</span>
          ) : (
            <ul>
              {view.diagnosis.map(({ code, display }) => (
                <li key={`${code} ${display}`}>
                  {display} {code && <code className="case-code">{code}</code>}
                </li>
              ))}
            </ul>
          )}
        </dd>
        <Entry label={t('case:specialty')} text={view.wantedSpecialty} />
        <Entry label={t('case:kind')} text={t(`terms:caseKind.${view.kind}`)} />
        <dt>{t('case:consent')}</dt>
        <dd>
          {consent?.given ? (
            t('case:consentGiven', { signer: t(`terms:signer.${consent.signer}`), name: consent.signerName })
          ) : (
            <span className="case-quiet">{t('case:consentMissing')}</span>
          )}
        </dd>
      </dl>
    </section>
  );
}

function Entry({ label, text }: { label: string; text: string }): ReactNode {
  const t = useTexts();
  return (
    <>
      <dt>{label}</dt>
      <dd className="case-text">{text || <span className="case-quiet">{t('case:notFilled')}</span>}</dd>
    </>
  );
}
