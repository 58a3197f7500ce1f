import type { ReportView } from '../../server/contract/report.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** On an amended report what it takes the place of and why; printed with it, as it was signed. */
export function AmendmentSection({ report }: { report: ReportView }) {
  const t = useTexts();
  const formats = useFormats();
  const { amendment } = report.content;
  if (!amendment) return null;
  const { kind, reason, predecessor } = amendment;
  return (
    <section className="report-part report-amendment" data-testid="report-amendment">
      <h2>{t(`report:amend.statement.${kind}`)}</h2>
      <p className="report-text">{reason}</p>
      <p>
        {t('report:amend.predecessor', {
          version: predecessor.version,
          at: formats.exact(predecessor.signedAt),
        })}
      </p>
      <p>
        {t('report:pair', { name: t('report:amend.predecessorHash'), value: '' })}
        <code className="report-code">{predecessor.contentSha256}</code>
      </p>
    </section>
  );
}

/** On a report that another one has taken the place of: large, and on paper too. */
export function SupersededMark({ report }: { report: ReportView }) {
  const t = useTexts();
  const formats = useFormats();
  const last = report.versions.at(-1);
  if (!last || last.version <= report.content.version) return null;
  return (
    <p className="report-superseded" role="status" data-testid="report-superseded">
      {t('report:versions.supersededBy', { version: last.version, at: formats.exact(last.signedAt) })}
    </p>
  );
}
