import { type PatientDraft, readIdNumber, Sex } from '../../server/contract/patient.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { BirthDateInput } from './birth-date-input.tsx';
import { Choices } from './choices.tsx';
import { useForm, useProblem } from './form-context.ts';
import { FormField, FormGroup } from './form-field.tsx';
import { withIdNumber } from './id-number.ts';

export function PatientSection() {
  const t = useTexts();
  const { draft, change, touch } = useForm();
  const { patient } = draft;
  const changePatient = (part: Partial<PatientDraft>) => change({ patient: { ...patient, ...part } });
  return (
    <>
      <FormField field="patient.name">
        {(control) => (
          <input
            {...control}
            className="field-input form-medium"
            autoComplete="off"
            maxLength={64}
            value={patient.name}
            onChange={(event) => changePatient({ name: event.currentTarget.value })}
            onBlur={() => changePatient({ name: patient.name.trim() })}
          />
        )}
      </FormField>
      <FormField field="patient.idNumber" hint={t('newCase:hints.patient.idNumber')} below={<IdNumberFinding />}>
        {(control) => (
          <input
            {...control}
            className="field-input form-medium numbers"
            autoComplete="off"
            spellCheck={false}
            value={patient.idNumber}
            onChange={(event) => {
              const next = withIdNumber(patient, event.currentTarget.value);
              change({ patient: next });
              if (next.idNumber.length === 18) touch('patient.idNumber');
            }}
            onBlur={() => touch('patient.idNumber')}
          />
        )}
      </FormField>
      <FormGroup field="patient.sex">
        <Choices
          name="sex"
          choices={Sex.options.map((value) => ({ value, label: t(`terms:sex.${value}`) }))}
          value={patient.sex}
          onChoose={(sex) => changePatient({ sex })}
        />
        <FollowIdNumber field="sex" />
      </FormGroup>
      <FormField
        field="patient.birthDate"
        hint={t('newCase:hints.patient.birthDate')}
        below={<FollowIdNumber field="birthDate" />}
      >
        {(control) => (
          <BirthDateInput
            control={control}
            value={patient.birthDate}
            onChange={(birthDate) => changePatient({ birthDate })}
            onLeave={() => touch('patient.birthDate')}
          />
        )}
      </FormField>
      <FormField field="patient.phone" hint={t('newCase:hints.patient.phone')}>
        {(control) => (
          <input
            {...control}
            className="field-input form-medium numbers"
            type="tel"
            autoComplete="off"
            maxLength={20}
            value={patient.phone}
            onChange={(event) => changePatient({ phone: event.currentTarget.value.normalize('NFKC') })}
            onBlur={() => {
              changePatient({ phone: patient.phone.replace(/\s/g, '') });
              touch('patient.phone');
            }}
          />
        )}
      </FormField>
    </>
  );
}

function IdNumberFinding() {
  const t = useTexts();
  const { birthDate, sex, idNumber } = useForm().draft.patient;
  const said = readIdNumber(idNumber);
  if (!said) return null;
  const filled = said.birthDate === birthDate && said.sex === sex;
  return (
    <p className="form-good" role="status">
      {t(filled ? 'newCase:idNumber.filled' : 'newCase:idNumber.checked')}
    </p>
  );
}

/** Where the field contradicts the ID number: one click to follow the card. */
function FollowIdNumber({ field }: { field: 'sex' | 'birthDate' }) {
  const t = useTexts();
  const formats = useFormats();
  const { draft, change } = useForm();
  const problem = useProblem(`patient.${field}`);
  const said = readIdNumber(draft.patient.idNumber);
  if (!said || (problem !== 'sex-conflict' && problem !== 'birth-date-conflict')) return null;
  return (
    <button
      type="button"
      className="button form-follow"
      onClick={() => change({ patient: { ...draft.patient, [field]: said[field] } })}
    >
      {field === 'sex'
        ? t('newCase:idNumber.useSex', { sex: t(`terms:sex.${said.sex}`) })
        : t('newCase:idNumber.useBirthDate', { date: formats.day(said.birthDate) })}
    </button>
  );
}
