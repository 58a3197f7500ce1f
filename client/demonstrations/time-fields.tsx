import { useRef } from 'react';
import { Field } from '../facilities/field.tsx';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { dayAndClock, instantOf } from './china-time.ts';

export interface Times {
  startsAt: string | null;
  endsAt: string | null;
}

/** What a day begins with where nothing was chosen: half a morning in the theatre. */
const USUAL = { from: '09:00', to: '12:00' };

/** One day, from when to when; both are of that day. */
export function TimeFields({
  value,
  disabled = false,
  onChange,
}: {
  value: Times;
  disabled?: boolean;
  onChange: (times: Times) => void;
}) {
  const t = useTexts();
  const formats = useFormats();
  const { day, clock: from } = dayAndClock(value.startsAt);
  const { clock: to } = dayAndClock(value.endsAt);
  // A date that is being typed over is none for a moment: its hours come back with it.
  const hours = useRef(USUAL);
  const change = (part: { day?: string; from?: string; to?: string }) => {
    const next = { day, from: from || hours.current.from, to: to || hours.current.to, ...part };
    hours.current = { from: next.from || hours.current.from, to: next.to || hours.current.to };
    // A clock that is being typed over is none for a moment: what was there stays until there is another.
    const startsAt = instantOf(next.day, next.from);
    const endsAt = instantOf(next.day, next.to);
    if (next.day === '') onChange({ startsAt: null, endsAt: null });
    else if (startsAt !== null && endsAt !== null) onChange({ startsAt, endsAt });
  };
  return (
    <div className="demonstration-times">
      <Field label={t('demonstrations:time.day')} hint={t('demonstrations:hint.times', { zone: formats.zone })}>
        {(control) => (
          <input
            {...control}
            type="date"
            className="record-select numbers"
            value={day}
            disabled={disabled}
            onChange={(event) => change({ day: event.target.value })}
          />
        )}
      </Field>
      {(['from', 'to'] as const).map((end) => (
        <Field key={end} label={t(`demonstrations:time.${end}`)}>
          {(control) => (
            <input
              {...control}
              type="time"
              className="record-select numbers"
              value={end === 'from' ? from : to}
              disabled={disabled || day === ''}
              onChange={(event) => change({ [end]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
