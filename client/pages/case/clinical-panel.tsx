import type { ReactNode } from 'react';
import type { CaseTerms } from '../../../server/contract/agreement.ts';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { PriceText } from '../../facilities/price.tsx';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';

export function ClinicalPanel({ view }: { view: ConsultationView }) {
  const t = useTexts();
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
        {view.terms && <TermsEntry view={view} terms={view.terms} />}
      </dl>
    </section>
  );
}

/** What was agreed when the case was sent: a price of nothing is not the same as none that was agreed. */
function TermsEntry({ view: { kind, urgency }, terms }: { view: ConsultationView; terms: CaseTerms }): ReactNode {
  const t = useTexts();
  const formats = useFormats();
  const service = terms.services.find((one) => one.kind === kind);
  const { acceptMin, answerMin } = terms.responseTimes[urgency ?? 'routine'];
  const within = (minutes: number | null) => (minutes === null ? '—' : formats.agreed(minutes));
  return (
    <>
      <dt>{t('case:terms')}</dt>
      <dd>
        {service && <PriceText priceFen={service.priceFen} />} ·{' '}
        {t('case:termsTimes', { accept: within(acceptMin), answer: within(answerMin) })}
      </dd>
    </>
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
