import type { Diagnosis } from '../../server/contract/diagnosis.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** The chosen diagnoses, the main one first. */
export function DiagnosisList({
  value,
  onChange,
}: {
  value: readonly Diagnosis[];
  onChange: (value: Diagnosis[]) => void;
}) {
  const t = useTexts();
  if (value.length === 0) return null;
  return (
    <ol className="diagnosis-chosen">
      {value.map((diagnosis, index) => (
        <li key={`${diagnosis.code} ${diagnosis.display}`}>
          {diagnosis.code && <span className="diagnosis-code numbers">{diagnosis.code}</span>}
          <span className="diagnosis-name">{diagnosis.display}</span>
          {index === 0 && value.length > 1 && <span className="diagnosis-hint">{t('newCase:diagnosis.primary')}</span>}
          {index > 0 && (
            <button
              type="button"
              className="button button-quiet"
              aria-label={t('newCase:diagnosis.up', { name: diagnosis.display })}
              title={t('newCase:diagnosis.up', { name: diagnosis.display })}
              onClick={() => onChange(moved(value, index))}
            >
              ↑
            </button>
          )}
          <button
            type="button"
            className="button button-quiet"
            aria-label={t('newCase:diagnosis.remove', { name: diagnosis.display })}
            title={t('newCase:diagnosis.remove', { name: diagnosis.display })}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            ✕
          </button>
        </li>
      ))}
    </ol>
  );
}

function moved(value: readonly Diagnosis[], index: number): Diagnosis[] {
  const next = [...value];
  const [item] = next.splice(index, 1);
  if (item) next.splice(index - 1, 0, item);
  return next;
}
