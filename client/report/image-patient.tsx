import type { MaterialView, Target } from '../../server/contract/picture-kinds.ts';
import type { ReportContent } from '../../server/contract/report.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { identityOf, warningOf } from '../patient/mix-up.ts';
import { materialOf, pictureIdOf } from '../pictures/listings.ts';

/** Under a printed key image: whose it is and when it was made; in red where its file names somebody else. */
export function ImagePatient({
  content,
  target,
  materials,
}: {
  content: ReportContent;
  target: Target;
  materials: MaterialView[];
}) {
  const t = useTexts();
  const formats = useFormats();
  const { patient, caseNumber } = content;
  const material = materialOf(materials, target);
  const identity = material && identityOf(material, pictureIdOf(target));
  const warning = identity && warningOf(t, formats, identity, patient);
  const facts = [
    patient.name,
    caseNumber,
    material?.studyDate && t('patient:examinedOn', { date: formats.day(material.studyDate) }),
  ];
  return (
    <>
      <p className="report-image-patient numbers">{facts.filter(Boolean).join(' · ')}</p>
      {warning && (
        <p className="report-image-mix-up" role="alert">
          {warning}
        </p>
      )}
    </>
  );
}
