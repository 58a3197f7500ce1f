import { Urgency } from '../../server/contract/case-kinds.ts';
import { RESPONSE_DEFAULTS } from '../../server/contract/response-times.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { AgreementFormProps } from './form-props.ts';
import { TypedInput } from './typed-input.tsx';

const CLOCKS = ['acceptMin', 'answerMin'] as const;

/** Minutes; '' is null, undefined: no number of minutes. */
function parseMinutes(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /^[1-9]\d{0,4}$/.test(trimmed) ? Number(trimmed) : undefined;
}
const showMinutes = (minutes: number | null): string => (minutes === null ? '' : String(minutes));

/** How soon a case is accepted and answered; empty ones are as usual, with the source of what is usual. */
export function ResponseTimesForm({ draft, disabled, onChange }: AgreementFormProps) {
  const t = useTexts();
  const { responseTimes } = draft;
  return (
    <fieldset className="record-field record-wide">
      <legend className="field-label">{t('administration:agreement.responseTimes')}</legend>
      <p className="record-hint">{t('administration:agreement.responseHint')}</p>
      <table className="record-table">
        <thead>
          <tr>
            <td />
            {CLOCKS.map((clock) => (
              <th key={clock} scope="col">
                {t(`administration:agreement.${clock}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Urgency.options.map((urgency) => (
            <tr key={urgency}>
              <th scope="row">
                {t(`terms:urgency.${urgency}`)}
                <p className="record-hint">{t(`administration:agreement.responseSource.${urgency}`)}</p>
              </th>
              {CLOCKS.map((clock) => (
                <td key={clock}>
                  <TypedInput
                    control={{
                      'aria-label': `${t(`terms:urgency.${urgency}`)} ${t(`administration:agreement.${clock}`)}`,
                    }}
                    value={responseTimes[urgency][clock]}
                    parse={parseMinutes}
                    show={showMinutes}
                    problem={t('administration:agreement.problems.minutes')}
                    disabled={disabled}
                    placeholder={t('administration:agreement.usual', { minutes: RESPONSE_DEFAULTS[urgency][clock] })}
                    onChange={(minutes) =>
                      onChange({
                        responseTimes: { ...responseTimes, [urgency]: { ...responseTimes[urgency], [clock]: minutes } },
                      })
                    }
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </fieldset>
  );
}
