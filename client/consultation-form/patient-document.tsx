import type { PatientDraft } from '../../server/contract/patient.ts';
import { DocumentAbsence, DocumentKind, type Papers } from '../../server/contract/patient-papers.ts';
import { papersOf } from '../../server/contract/patient-problems.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Choices } from '../ui/choices.tsx';
import { DocumentNumber } from './document-number.tsx';
import { fieldId, useForm } from './form-context.ts';
import { FormGroup } from './form-field.tsx';

/** Which document tells who the patient is and its number, or why none can be given. */
export function PatientDocument() {
  const t = useTexts();
  const { draft, change } = useForm();
  const { patient } = draft;
  const { document } = papersOf(patient);
  return (
    <>
      <div className="form-field">
        <label className="field-label" htmlFor="patient-document">
          {t('newCase:document.kind')}
        </label>
        <select
          id="patient-document"
          className="field-input form-medium"
          value={document}
          onChange={(event) => {
            const kind = DocumentKind.parse(event.currentTarget.value);
            change({ patient: withPapers(patient, { document: kind }) });
          }}
        >
          {DocumentKind.options.map((kind) => (
            <option key={kind} value={kind}>
              {t(`terms:document.${kind}`)}
            </option>
          ))}
        </select>
      </div>
      {document === 'none' ? <Absence /> : <DocumentNumber document={document} />}
    </>
  );
}

function Absence() {
  const t = useTexts();
  const { draft, change } = useForm();
  const { patient } = draft;
  const { absence, note, estimatedAgeYears } = papersOf(patient);
  return (
    <>
      <FormGroup field="patient.idNumber" wide label={t('newCase:document.absence')}>
        <Choices
          name="absence"
          choices={DocumentAbsence.options.map((value) => ({ value, label: t(`terms:absence.${value}`) }))}
          value={absence}
          onChoose={(value) => change({ patient: withAbsence(patient, value, t('newCase:document.unknownName')) })}
        />
        <label className="field-label form-nested" htmlFor={`${fieldId('patient.idNumber')}-note`}>
          {t('newCase:document.note')}
        </label>
        <input
          id={`${fieldId('patient.idNumber')}-note`}
          className="field-input"
          autoComplete="off"
          maxLength={200}
          value={note}
          onChange={(event) => change({ patient: withPapers(patient, { note: event.currentTarget.value }) })}
        />
      </FormGroup>
      {absence === 'unidentified' && (
        <div className="form-field">
          <label className="field-label" htmlFor="patient-estimated-age">
            {t('newCase:document.estimatedAge')}
          </label>
          <div className="form-beside">
            <input
              id="patient-estimated-age"
              className="field-input form-short numbers"
              inputMode="numeric"
              autoComplete="off"
              maxLength={3}
              value={estimatedAgeYears ?? ''}
              onChange={(event) => {
                const years = /^\d{1,3}$/.test(event.currentTarget.value) ? Number(event.currentTarget.value) : null;
                const isAge = years !== null && years <= 130;
                change({ patient: withPapers(patient, { estimatedAgeYears: isAge ? years : null }) });
              }}
            />
            <span className="form-hint">{t('newCase:document.years')}</span>
          </div>
        </div>
      )}
    </>
  );
}

export function withPapers(patient: PatientDraft, part: Partial<Papers>): PatientDraft {
  return { ...patient, papers: { ...papersOf(patient), ...part } };
}

/** Nobody knows who it is: the name under which hospitals register such a patient, the sex unless seen, and no telephone. */
function withAbsence(patient: PatientDraft, absence: DocumentAbsence, unknownName: string): PatientDraft {
  const next = withPapers(patient, { absence });
  if (absence !== 'unidentified') return next;
  return {
    ...next,
    name: patient.name.trim() === '' ? unknownName : patient.name,
    papers: { ...papersOf(next), phoneAbsent: patient.phone.trim() === '' },
  };
}
