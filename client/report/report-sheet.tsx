import type { ReactNode } from 'react';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import type { ReportView } from '../../server/contract/report.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { AdoptionSection } from './adoption-section.tsx';
import { AmendmentSection, SupersededMark } from './amendment-section.tsx';
import { ReportHead } from './report-head.tsx';
import { ReportImages } from './report-images.tsx';
import { SignatureBlock } from './signature-block.tsx';
import './report-sheet.css';
// Last: it overrides what stands before.
import './report-media.css';

/** The report as it is read and printed: one sheet of paper on the screen, A4 pages from the printer. */
export function ReportSheet({ report, materials }: { report: ReportView; materials: MaterialView[] }) {
  const t = useTexts();
  const { content } = report;
  const { findings, diagnosis, recommendations } = content;
  return (
    <article className="report" data-testid="report" data-signature={report.signatureValid ? 'valid' : 'invalid'}>
      {!report.signatureValid && (
        <p className="report-invalid" role="alert">
          {t('report:signature.invalid')}
        </p>
      )}
      <SupersededMark report={report} />
      <ReportHead content={content} />
      <AmendmentSection report={report} />
      <Part title={t('report:question')}>
        <p className="report-text">{content.question}</p>
      </Part>
      <Part title={t('report:findings')}>
        <p className="report-text">{findings}</p>
      </Part>
      <Part title={t('report:diagnosis')}>
        <ol>
          {diagnosis.map(({ code, display }) => (
            <li key={`${code} ${display}`}>
              {display} {code && `(${code})`}
            </li>
          ))}
        </ol>
      </Part>
      <Part title={t('report:recommendations')}>
        {recommendations.length === 0 && <p>{t('report:noRecommendations')}</p>}
        <ol>
          {recommendations.map(({ recommendationId, text }) => (
            <li key={recommendationId} className="report-text">
              {text}
            </li>
          ))}
        </ol>
      </Part>
      {content.keyImages.length > 0 && (
        <Part title={t('report:keyImages')}>
          <ReportImages content={content} materials={materials} />
        </Part>
      )}
      <SignatureBlock report={report} />
      <AdoptionSection report={report} />
    </article>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="report-part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
