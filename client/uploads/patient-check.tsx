import { formatPersonName } from '../../server/formats/dicom/person-name.ts';
import {
  type CasePatient,
  comparePatients,
  type FilePatient,
  sexOfFile,
} from '../../server/formats/dicom/same-patient.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { WarningIcon } from '../ui/icons.tsx';
import { DoneIcon } from './icons.tsx';

/**
 * The two patients side by side, and how they compare. Where something differs the person has to say that it is one
 * patient all the same before anything is sent.
 */
export function PatientCheck({
  inFile,
  inCase,
  confirmed,
  onConfirm,
}: {
  inFile: FilePatient;
  inCase: CasePatient;
  confirmed: boolean;
  onConfirm: (confirmed: boolean) => void;
}) {
  const t = useTexts();
  const formats = useFormats();
  const comparison = comparePatients(inFile, inCase);
  const stated = (text: string) => text || t('uploads:patient.notStated');
  const fields = [
    { field: 'name', file: formatPersonName(inFile.name), form: inCase.name },
    {
      field: 'birthDate',
      file: inFile.birthDate && formats.day(inFile.birthDate),
      form: inCase.birthDate && formats.day(inCase.birthDate),
    },
    {
      field: 'sex',
      file: inFile.sex && t(`terms:sex.${sexOfFile(inFile.sex)}`),
      form: inCase.sex ? t(`terms:sex.${inCase.sex}`) : '',
    },
    ...(comparison.idNumber === 'unknown'
      ? []
      : [{ field: 'idNumber', file: inFile.id, form: inCase.idNumber } as const]),
  ] as const;

  if (comparison.verdict === 'same')
    return (
      <p className="patient-check" data-verdict="same">
        <DoneIcon />
        {formatPersonName(inFile.name) || inFile.id} · {t('uploads:patient.same')}
      </p>
    );
  return (
    <div className="patient-check" data-verdict={comparison.verdict}>
      <p className="patient-check-lead" role={comparison.verdict === 'differs' ? 'alert' : undefined}>
        <WarningIcon />
        {t(`uploads:patient.${comparison.verdict}`)}
      </p>
      <table className="patient-check-table">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('uploads:patient.inFile')}</th>
            <th scope="col">{t('uploads:patient.inForm')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ field, file, form }) => (
            <tr key={field} data-comparison={comparison[field]}>
              <th scope="row">{t(`uploads:patient.${field}`)}</th>
              <td>{stated(file)}</td>
              <td>{stated(form)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {comparison.verdict === 'differs' && (
        <label className="upload-tick">
          <input
            type="checkbox"
            checked={confirmed}
            data-testid="upload-same-patient"
            onChange={(event) => onConfirm(event.currentTarget.checked)}
          />
          {t('uploads:patient.confirm')}
        </label>
      )}
    </div>
  );
}
