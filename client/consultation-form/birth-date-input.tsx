import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { parseBirthDate, todayInChina } from './birth-date.ts';
import type { ControlProps } from './form-field.tsx';

/** The contract's draft holds ten characters: a date, or what somebody began to type. */
const DRAFT_MAX_LENGTH = 10;

/** Typed in any of the usual forms, shown as `YYYY-MM-DD` once it is left; a calendar would need sixty years of clicks. */
export function BirthDateInput({
  control,
  value,
  onChange,
  onLeave,
}: {
  control: ControlProps;
  value: string;
  onChange: (value: string) => void;
  onLeave: () => void;
}) {
  const t = useTexts();
  const [typing, setTyping] = useState<string>();
  const age = ageYears(value);
  return (
    <div className="form-beside">
      <input
        {...control}
        className="field-input form-short numbers"
        autoComplete="off"
        inputMode="numeric"
        value={typing ?? value}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyping(text);
          onChange(parseBirthDate(text) ?? text.slice(0, DRAFT_MAX_LENGTH));
        }}
        onBlur={() => {
          setTyping(undefined);
          onLeave();
        }}
      />
      {age !== undefined && <span className="form-hint">{t('terms:age', { years: age })}</span>}
    </div>
  );
}

function ageYears(birthDate: string): number | undefined {
  const today = todayInChina();
  if (parseBirthDate(birthDate) !== birthDate || birthDate > today) return undefined;
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
