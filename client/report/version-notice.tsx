import { Link } from 'react-router';
import type { ConsultationView } from '../../server/contract/consultation.ts';
import type { ReportView } from '../../server/contract/report.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** The versions of a report that was amended, and that one is being amended now. Not printed: the sheet says which version it is. */
export function VersionNotice({
  report,
  consultation,
}: {
  report: ReportView;
  consultation: ConsultationView | undefined;
}) {
  const t = useTexts();
  const formats = useFormats();
  const { consultationId, version: shown } = report.content;
  const { versions } = report;
  const page = `/consultations/${consultationId}`;
  const amendment = consultation?.amendment;
  const writes = consultation?.actions.includes('withdraw-amendment');
  if (versions.length < 2 && !amendment) return null;
  return (
    <nav className="report-versions no-print" aria-label={t('report:versions.title')} data-testid="report-versions">
      {amendment && (
        <p role="status">
          {t('report:versions.underway', { kind: t(`report:amend.kinds.${amendment.kind}`), reason: amendment.reason })}{' '}
          {writes && <Link to={`${page}/opinion`}>{t('report:versions.goOn')}</Link>}
        </p>
      )}
      {versions.length > 1 && (
        <ul>
          {versions.toReversed().map(({ version, signedAt, amendment: made }, index) => (
            <li key={version}>
              <Link
                to={index === 0 ? `${page}/report` : `${page}/report?version=${version}`}
                aria-current={version === shown ? 'page' : undefined}
              >
                {t('report:versions.version', { version })}
              </Link>{' '}
              {[
                made && t(`report:amend.kinds.${made.kind}`),
                formats.moment(signedAt),
                t(index === 0 ? 'report:versions.valid' : 'report:versions.superseded'),
              ]
                .filter(Boolean)
                .join(' · ')}
            </li>
          ))}
        </ul>
      )}
    </nav>
  );
}
