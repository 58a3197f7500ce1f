import { useState } from 'react';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { Findings, FoundSeries, FoundStudy } from './grouping.ts';
import { seriesName, studyName } from './names.ts';
import { PatientCheck } from './patient-check.tsx';
import { type CasePatient, comparePatients } from './same-patient.ts';

/** What a weak county line carries: 2 Mbit/s. */
const LINE_BYTES_PER_S = 250_000;

const seriesKey = (study: FoundStudy, series: FoundSeries) => `${study.key}/${series.label.seriesInstanceUid}`;

/** What was found, for checking before anything is sent: whose images, which studies and series, how many, how large. */
export function FoundStudies({
  findings,
  patient,
  onStart,
  onDiscard,
}: {
  findings: Findings;
  patient: CasePatient;
  onStart: (series: FoundSeries[]) => void;
  onDiscard: () => void;
}) {
  const t = useTexts();
  const formats = useFormats();
  const [excluded, setExcluded] = useState<ReadonlySet<string>>(new Set());
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const [complaint, setComplaint] = useState<'none' | 'patient'>();

  const { studies } = findings;
  const chosen = studies.map((study) => ({
    study,
    series: study.series.filter((series) => !excluded.has(seriesKey(study, series))),
  }));
  const series = chosen.flatMap((one) => one.series);
  const sizeBytes = series.reduce((sum, one) => sum + one.sizeBytes, 0);
  const patientCount = new Set(studies.map(({ patient: { name, id } }) => JSON.stringify([name, id]))).size;

  function start(): void {
    const unchecked = chosen.some(
      (one) =>
        one.series.length > 0 &&
        !confirmed.has(one.study.key) &&
        comparePatients(one.study.patient, patient).verdict === 'differs',
    );
    setComplaint(series.length === 0 ? 'none' : unchecked ? 'patient' : undefined);
    if (series.length > 0 && !unchecked) onStart(series);
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
        <article key={study.key} className="found-study">
          <h4>
            {studyName(t, study.studyDescription)}
            {study.studyDate && <span className="upload-quiet"> {formats.day(study.studyDate)}</span>}
          </h4>
          <PatientCheck
            inFile={study.patient}
            inCase={patient}
            confirmed={confirmed.has(study.key)}
            onConfirm={(yes) => setConfirmed((before) => toggled(before, study.key, yes))}
          />
          <SeriesTable
            study={study}
            isSent={(one) => !excluded.has(seriesKey(study, one))}
            onSend={(one, send) => setExcluded((before) => toggled(before, seriesKey(study, one), !send))}
          />
        </article>
      ))}
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
          {t(complaint === 'none' ? 'uploads:found.startNone' : 'uploads:patient.confirmFirst')}
        </p>
      )}
    </section>
  );
}

function SeriesTable({
  study,
  isSent,
  onSend,
}: {
  study: FoundStudy;
  isSent: (series: FoundSeries) => boolean;
  onSend: (series: FoundSeries, send: boolean) => void;
}) {
  const t = useTexts();
  const formats = useFormats();
  return (
    <table className="found-table">
      <thead>
        <tr>
          <th scope="col">{t('uploads:found.columns.send')}</th>
          <th scope="col">{t('uploads:found.columns.modality')}</th>
          <th scope="col">{t('uploads:found.columns.series')}</th>
          <th scope="col" className="found-number">
            {t('uploads:found.columns.images')}
          </th>
          <th scope="col" className="found-number">
            {t('uploads:found.columns.size')}
          </th>
        </tr>
      </thead>
      <tbody>
        {study.series.map((series) => {
          const name = seriesName(t, series.label);
          return (
            <tr key={series.label.seriesInstanceUid} data-sent={isSent(series)}>
              <td>
                <label className="upload-tick">
                  <input
                    type="checkbox"
                    checked={isSent(series)}
                    aria-label={`${t('uploads:found.columns.send')} ${name}`}
                    onChange={(event) => onSend(series, event.currentTarget.checked)}
                  />
                </label>
              </td>
              <td>{series.label.modality}</td>
              <td>{name}</td>
              <td className="found-number numbers">{t('uploads:found.images', { count: series.imageCount })}</td>
              <td className="found-number numbers">{formats.bytes(series.sizeBytes)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function toggled(set: ReadonlySet<string>, key: string, present: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (present) next.add(key);
  else next.delete(key);
  return next;
}
