import type { ReportView } from '../../server/contract/report.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** What the requester answered to each recommendation; printed with the report, and no part of what was signed. */
export function AdoptionSection({ report }: { report: ReportView }) {
  const t = useTexts();
  const formats = useFormats();
  const { content, adoptions, acknowledgedAt, acknowledgedBy } = report;
  if (!acknowledgedAt) return null;
  return (
    <section className="report-part report-adoption" data-testid="report-adoption">
      <h2>{t('report:adoption.title')}</h2>
      <ol>
        {content.recommendations.map(({ recommendationId }) => {
          const answer = adoptions.find((one) => one.recommendationId === recommendationId);
          return (
            <li key={recommendationId} className="report-text">
              {answer && <strong>{t(`report:adoption.decisions.${answer.decision}`)}</strong>}
              {answer?.reason && ` ${answer.reason}`}
            </li>
          );
        })}
      </ol>
      <p>
        {t('report:pair', {
          name: t('report:adoption.by'),
          value: [acknowledgedBy?.name, acknowledgedBy?.facilityName].filter(Boolean).join(' '),
        })}
        {'　'}
        {t('report:pair', { name: t('report:adoption.at'), value: formats.exact(acknowledgedAt) })}
      </p>
    </section>
  );
}
