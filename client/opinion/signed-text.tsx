import type { ReactNode } from 'react';
import type { ConsultationView } from '../../server/contract/consultation.ts';
import type { OpinionDraft } from '../../server/contract/report.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { keyImageAddress } from './add-key-image.ts';
import { KeyImageMarks } from './key-image-marks.tsx';
import { withoutBlanks } from './opinion-problems.ts';

/** The opinion as it will stand in the report, for a last look. */
export function SignedText({ consultation, opinion }: { consultation: ConsultationView; opinion: OpinionDraft }) {
  const t = useTexts();
  const formats = useFormats();
  const { patient, caseNumber, question, amendment, reportVersion } = consultation;
  const { findings, diagnosis, recommendations, keyImages } = withoutBlanks(opinion);
  const none = <span className="opinion-hint">{t('opinion:sign.none')}</span>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a text longer than its frame is read by keys too (axe: scrollable-region-focusable)
    <section className="signed-text" data-testid="signed-text" tabIndex={0} aria-label={t('opinion:sign.title')}>
      <Part title={t('opinion:sign.patient')}>
        {[
          patient.name,
          patient.sex && t(`terms:sex.${patient.sex}`),
          patient.birthDate && formats.day(patient.birthDate),
        ]
          .filter(Boolean)
          .join(' · ')}{' '}
        <span className="numbers">({caseNumber})</span>
      </Part>
      {amendment && (
        <Part title={t(`opinion:amendment.${amendment.kind}`, { version: reportVersion })}>{amendment.reason}</Part>
      )}
      <Part title={t('opinion:sign.question')}>{question}</Part>
      <Part title={t('opinion:findings')}>{findings || none}</Part>
      <Part title={t('opinion:diagnosis')}>
        {diagnosis.length === 0 && none}
        <ol>
          {diagnosis.map(({ code, display }) => (
            <li key={`${code} ${display}`}>
              {display} {code && <span className="numbers">({code})</span>}
            </li>
          ))}
        </ol>
      </Part>
      <Part title={t('opinion:recommendations')}>
        {recommendations.length === 0 && none}
        <ol>
          {recommendations.map(({ recommendationId, text }) => (
            <li key={recommendationId}>{text}</li>
          ))}
        </ol>
      </Part>
      <Part title={t('opinion:keyImages')}>
        {keyImages.length === 0 && none}
        <ul className="signed-images">
          {keyImages.map((image) => (
            <li key={image.keyImageId}>
              <img
                className="signed-image"
                src={keyImageAddress(consultation.consultationId, image.imageSha256)}
                alt={image.caption}
              />
              <div>
                <p>{image.caption}</p>
                <KeyImageMarks image={image} />
              </div>
            </li>
          ))}
        </ul>
      </Part>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="signed-text-title">{title}</h2>
      <div className="signed-part">{children}</div>
    </section>
  );
}
