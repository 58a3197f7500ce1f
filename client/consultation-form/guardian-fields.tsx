import { type Guardian, isMinor } from '../../server/contract/guardian.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { RelationSelect } from '../patient/relation-select.tsx';
import { todayInChina } from './birth-date.ts';
import { fieldId, useForm } from './form-context.ts';
import { FormGroup } from './form-field.tsx';

const NOBODY: Guardian = { name: '', relation: null, phone: '' };

/** Who decides for a minor, or for somebody who cannot: open by itself once the birth date says that the patient is one. */
export function GuardianFields() {
  const t = useTexts();
  const { draft, change, touch } = useForm();
  const { guardian, ...patient } = draft.patient;
  const isNeeded = isMinor(patient.birthDate, todayInChina()) || draft.consent?.signer === 'guardian';
  const shown = guardian ?? (isNeeded ? NOBODY : undefined);
  const changeGuardian = (part: Partial<Guardian>) =>
    change({ patient: { ...patient, guardian: { ...(guardian ?? NOBODY), ...part } } });
  const id = fieldId('patient.guardian');
  return (
    <FormGroup field="patient.guardian" wide>
      <label className="form-tick">
        <input
          type="checkbox"
          checked={shown !== undefined}
          data-testid="has-guardian"
          onChange={(event) =>
            change({ patient: event.currentTarget.checked ? { ...patient, guardian: NOBODY } : patient })
          }
        />
        {t('newCase:guardian.has')}
      </label>
      {shown && (
        <div className="form-guardian">
          <div>
            <label className="field-label" htmlFor={`${id}-name`}>
              {t('newCase:guardian.name')}
            </label>
            <input
              id={`${id}-name`}
              className="field-input"
              autoComplete="off"
              maxLength={64}
              value={shown.name}
              onChange={(event) => changeGuardian({ name: event.currentTarget.value })}
            />
          </div>
          <div>
            <label className="field-label" htmlFor={`${id}-relation`}>
              {t('newCase:guardian.relation')}
            </label>
            <RelationSelect
              id={`${id}-relation`}
              className="field-input"
              value={shown.relation}
              missing={t('newCase:guardian.choose')}
              onChange={(relation) => changeGuardian({ relation })}
            />
          </div>
          <div>
            <label className="field-label" htmlFor={`${id}-phone`}>
              {t('newCase:guardian.phone')}
            </label>
            <input
              id={`${id}-phone`}
              className="field-input numbers"
              type="tel"
              autoComplete="off"
              maxLength={20}
              value={shown.phone}
              onChange={(event) => changeGuardian({ phone: event.currentTarget.value.normalize('NFKC') })}
              onBlur={() => {
                if (guardian) changeGuardian({ phone: shown.phone.replace(/\s/g, '') });
                touch('patient.guardian');
              }}
            />
          </div>
        </div>
      )}
    </FormGroup>
  );
}
