import { useTexts } from '../i18n/use-texts.ts';
import { DiagnosisPicker } from './diagnosis-picker.tsx';
import { useForm } from './form-context.ts';
import { FormField } from './form-field.tsx';

export function ClinicalSection() {
  const t = useTexts();
  const { draft, change } = useForm();
  return (
    <>
      <FormField field="question" hint={t('newCase:hints.question')}>
        {(control) => (
          <textarea
            {...control}
            className="field-input form-text"
            rows={3}
            maxLength={4000}
            value={draft.question}
            onChange={(event) => change({ question: event.currentTarget.value })}
          />
        )}
      </FormField>
      <FormField field="historySummary" hint={t('newCase:hints.historySummary')}>
        {(control) => (
          <textarea
            {...control}
            className="field-input form-text"
            rows={4}
            maxLength={20000}
            value={draft.historySummary}
            onChange={(event) => change({ historySummary: event.currentTarget.value })}
          />
        )}
      </FormField>
      <FormField field="diagnosis" hint={t('newCase:hints.diagnosis')}>
        {(control) => (
          <DiagnosisPicker control={control} value={draft.diagnosis} onChange={(diagnosis) => change({ diagnosis })} />
        )}
      </FormField>
    </>
  );
}
