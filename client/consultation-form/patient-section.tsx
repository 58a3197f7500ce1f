import { type PatientDraft, Sex } from '../../server/contract/patient.ts';
import { isUnidentified, papersOf, readDocument } from '../../server/contract/patient-problems.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Choices } from '../ui/choices.tsx';
import { BirthDateInput } from './birth-date-input.tsx';
import { useForm, useProblem } from './form-context.ts';
import { FormField, FormGroup } from './form-field.tsx';
import { GuardianFields } from './guardian-fields.tsx';
import { PatientDocument, withPapers } from './patient-document.tsx';

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
      <PatientDocument />
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
        hint={t(isUnidentified(patient) ? 'newCase:document.birthDateUnknown' : 'newCase:hints.patient.birthDate')}
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
      <FormField field="patient.phone" hint={t('newCase:hints.patient.phone')} below={<NoPhone />}>
        {(control) => (
          <input
            {...control}
            className="field-input form-medium numbers"
            type="tel"
            disabled={papersOf(patient).phoneAbsent}
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
      <GuardianFields />
    </>
  );
}

/** A telephone is asked for, so that the patient can be reached; who has none is not turned away for it. */
function NoPhone() {
  const t = useTexts();
  const { draft, change } = useForm();
  const { patient } = draft;
  const { phoneAbsent } = papersOf(patient);
  return (
    <label className="form-tick">
      <input
        type="checkbox"
        checked={phoneAbsent}
        data-testid="phone-absent"
        onChange={(event) => {
          const absent = event.currentTarget.checked;
          change({ patient: { ...withPapers(patient, { phoneAbsent: absent }), phone: absent ? '' : patient.phone } });
        }}
      />
      {t('newCase:document.phoneAbsent')}
    </label>
  );
}

/** Where the field contradicts the ID number: one click to follow the card. */
function FollowIdNumber({ field }: { field: 'sex' | 'birthDate' }) {
  const t = useTexts();
  const formats = useFormats();
  const { draft, change } = useForm();
  const problem = useProblem(`patient.${field}`);
  const said = readDocument(draft.patient);
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
