import { Urgency } from '../../server/contract/case-kinds.ts';
import { RESPONSE_DEFAULTS } from '../../server/contract/response-times.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { AgreementFormProps } from './form-props.ts';
import { minutesOf } from './response-time.ts';
import { TypedInput } from './typed-input.tsx';

const CLOCKS = ['acceptMin', 'answerMin'] as const;

/** How soon a case is accepted and answered; empty ones are as usual, with the source of what is usual. */
export function ResponseTimesForm({ draft, disabled, onChange }: AgreementFormProps) {
  const t = useTexts();
  const formats = useFormats();
  const { responseTimes } = draft;
  return (
    <fieldset className="record-field record-wide">
      <legend className="field-label">{t('administration:agreement.responseTimes')}</legend>
      <p className="record-hint">{t('administration:agreement.responseHint')}</p>
      <table className="record-table response-times">
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
                  <span className="response-clock" aria-hidden="true">
                    {t(`administration:agreement.${clock}`)}
                  </span>
                  <TypedInput
                    control={{
                      'aria-label': `${t(`terms:urgency.${urgency}`)} ${t(`administration:agreement.${clock}`)}`,
                    }}
                    value={responseTimes[urgency][clock]}
                    parse={minutesOf}
                    show={(minutes) => (minutes === null ? '' : formats.agreed(minutes))}
                    inputMode="text"
                    problem={t('administration:agreement.problems.minutes')}
                    disabled={disabled}
                    placeholder={t('administration:agreement.usual', {
                      time: formats.agreed(RESPONSE_DEFAULTS[urgency][clock]),
                    })}
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
