import { useState } from 'react';
import { type CasePatient, comparePatients } from '../../server/formats/dicom/same-patient.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FoundFiles } from './found-files.tsx';
import { FoundStudyCard } from './found-study-card.tsx';
import type { Findings, FoundGroup, FoundStudy } from './grouping.ts';
import { FILES_CONFIRMED, type Sending, useSending } from './use-sending.ts';
import './found.css';

/** What a weak county line carries: 2 Mbit/s. */
const LINE_BYTES_PER_S = 250_000;

type Complaint = 'startNone' | 'confirmFirst' | 'confirmSlidesFirst' | 'confirmDocumentsFirst';

/** What was found, for checking before anything is sent: whose it is, which studies, series and slides, how many, how large. */
export function FoundPictures({
  findings,
  patient,
  onStart,
  onDiscard,
}: {
  findings: Findings;
  patient: CasePatient;
  onStart: (groups: FoundGroup[]) => void;
  onDiscard: () => void;
}) {
  const t = useTexts();
  const formats = useFormats();
  const sending = useSending();
  const [complaint, setComplaint] = useState<Complaint>();

  const { studies, slideFiles, documentFiles } = findings;
  const groups = [...studies.flatMap(({ series }) => series), ...slideFiles, ...documentFiles].filter(({ key }) =>
    sending.isSent(key),
  );
  const sizeBytes = groups.reduce((sum, one) => sum + one.sizeBytes, 0);
  const patientCount = countPatients(studies);

  function start(): void {
    const found = groups.length === 0 ? 'startNone' : findUnchecked(findings, patient, sending);
    setComplaint(found);
    if (!found) onStart(groups);
  }

  return (
    <section className="found" aria-labelledby="found-title" data-testid="upload-found">
      <h3 id="found-title">{t('uploads:found.title')}</h3>
      {patientCount > 1 && (
        <p className="upload-alert" role="alert">
          {t('uploads:patient.several', { count: patientCount })}
        </p>
      )}
      {studies.map((study) => (
        <FoundStudyCard key={study.key} study={study} patient={patient} sending={sending} />
      ))}
      {slideFiles.length > 0 && (
        <FoundFiles form="slide-file" files={slideFiles} patientName={patient.name} sending={sending} />
      )}
      {documentFiles.length > 0 && (
        <FoundFiles form="document-file" files={documentFiles} patientName={patient.name} sending={sending} />
      )}
      <div className="upload-buttons">
        <button type="button" className="button button-primary" data-testid="upload-start" onClick={start}>
          {t('uploads:found.start', { size: formats.bytes(sizeBytes) })}
        </button>
        <button type="button" className="button" onClick={onDiscard}>
          {t('uploads:found.discard')}
        </button>
        <span className="upload-quiet">
          {t('uploads:found.estimate', { time: formats.wait(sizeBytes / LINE_BYTES_PER_S) })}
        </span>
      </div>
      {complaint && (
        <p className="field-error" role="alert">
          {t(`uploads:found.${complaint}`)}
        </p>
      )}
    </section>
  );
}

/** Files that name nobody are nobody's in particular. */
function countPatients(studies: readonly FoundStudy[]): number {
  const named = studies.map(({ patient }) => patient).filter(({ name, id }) => name !== '' || id !== '');
  return new Set(named.map(({ name, id }) => JSON.stringify([name, id]))).size;
}

/** What of that which would be sent nobody has said to be this patient's, though the files say otherwise or nothing. */
function findUnchecked(
  { studies, slideFiles, documentFiles }: Findings,
  patient: CasePatient,
  { isSent, isConfirmed }: Sending,
): Complaint | undefined {
  const sentAny = (groups: readonly FoundGroup[]) => groups.some(({ key }) => isSent(key));
  const differs = studies.some(
    (study) =>
      sentAny(study.series) && !isConfirmed(study.key) && comparePatients(study.patient, patient).verdict === 'differs',
  );
  if (differs) return 'confirmFirst';
  if (sentAny(slideFiles) && !isConfirmed(FILES_CONFIRMED['slide-file'])) return 'confirmSlidesFirst';
  if (sentAny(documentFiles) && !isConfirmed(FILES_CONFIRMED['document-file'])) return 'confirmDocumentsFirst';
  return undefined;
}
