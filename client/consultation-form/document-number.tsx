import { cleanDocumentNumber, type DocumentKind } from '../../server/contract/patient-papers.ts';
import { readDocument } from '../../server/contract/patient-problems.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useForm } from './form-context.ts';
import { FormField } from './form-field.tsx';
import { withIdNumber } from './id-number.ts';

/** As many as the contract holds. */
const MAX_LENGTH = 32;

/** The document's number; what an ID card says of birth date and sex is filled in from it. */
export function DocumentNumber({ document }: { document: Exclude<DocumentKind, 'none'> }) {
  const t = useTexts();
  const { draft, change, touch } = useForm();
  const { patient } = draft;
  const isIdCard = document === 'id-card';
  return (
    <FormField
      field="patient.idNumber"
      {...(!isIdCard && { label: t('newCase:document.number') })}
      hint={t(`newCase:document.hint.${document}`)}
      below={<NumberFinding />}
    >
      {(control) => (
        <input
          {...control}
          className="field-input form-medium numbers"
          autoComplete="off"
          spellCheck={false}
          value={patient.idNumber}
          onChange={(event) => {
            const typed = event.currentTarget.value;
            const next =
              isIdCard || document === 'foreign-residence-card'
                ? withIdNumber(patient, typed)
                : { ...patient, idNumber: cleanDocumentNumber(typed).slice(0, MAX_LENGTH) };
            change({ patient: next });
            if (isIdCard && next.idNumber.length === 18) touch('patient.idNumber');
          }}
          onBlur={() => touch('patient.idNumber')}
        />
      )}
    </FormField>
  );
}

function NumberFinding() {
  const t = useTexts();
  const { patient } = useForm().draft;
  const said = readDocument(patient);
  if (!said) return null;
  const filled = said.birthDate === patient.birthDate && said.sex === patient.sex;
  return (
    <p className="form-good" role="status">
      {t(filled ? 'newCase:idNumber.filled' : 'newCase:idNumber.checked')}
    </p>
  );
}
