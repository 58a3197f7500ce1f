import type { CasePatient } from '../../server/formats/dicom/same-patient.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { FoundStudy } from './grouping.ts';
import { KindMark } from './kind-mark.tsx';
import { groupName, studyName } from './names.ts';
import { PatientCheck } from './patient-check.tsx';
import { SendTick } from './send-tick.tsx';
import type { Sending } from './use-sending.ts';

/** One study for checking: whose it is and which series it has. */
export function FoundStudyCard({
  study,
  patient,
  sending,
}: {
  study: FoundStudy;
  patient: CasePatient;
  sending: Sending;
}) {
  const t = useTexts();
  const formats = useFormats();
  return (
    <article className="found-study">
      <h4>
        {studyName(t, study.studyDescription)}
        {study.studyDate && <span className="upload-quiet"> {formats.day(study.studyDate)}</span>}
      </h4>
      <PatientCheck
        inFile={study.patient}
        inCase={patient}
        confirmed={sending.isConfirmed(study.key)}
        onConfirm={(yes) => sending.confirm(study.key, yes)}
      />
      <SeriesTable study={study} sending={sending} />
    </article>
  );
}

function SeriesTable({ study, sending }: { study: FoundStudy; sending: Sending }) {
  const t = useTexts();
  const formats = useFormats();
  return (
    <table className="found-table">
      <thead>
        <tr>
          <th scope="col" className="found-send">
            {t('uploads:found.columns.send')}
          </th>
          <th scope="col" className="found-kind">
            {t('uploads:found.columns.kind')}
          </th>
          <th scope="col">{t('uploads:found.columns.series')}</th>
          <th scope="col" className="found-number">
            {t('uploads:found.columns.count')}
          </th>
          <th scope="col" className="found-number">
            {t('uploads:found.columns.size')}
          </th>
        </tr>
      </thead>
      <tbody>
        {study.series.map(({ key, label, pictureCount, sizeBytes }) => {
          const name = groupName(t, label);
          const { pictureKind, modality } = label;
          return (
            <tr key={key} data-sent={sending.isSent(key)}>
              <td>
                <SendTick name={name} sent={sending.isSent(key)} onSend={(send) => sending.send(key, send)} />
              </td>
              <td>
                <KindMark kind={pictureKind} modality={modality} />
              </td>
              <td>{name}</td>
              <td className="found-number numbers">
                {t(`terms:pictureCount.${pictureKind}`, { count: pictureCount })}
              </td>
              <td className="found-number numbers">{formats.bytes(sizeBytes)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
