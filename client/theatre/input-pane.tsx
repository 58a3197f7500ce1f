import { type ReactNode, useId } from 'react';
import { FaultNote } from '../call/fault-note.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { keptInside, MOST_ZONES } from '../masking/zones.ts';
import { NameField } from './name-field.tsx';
import type { InputState } from './theatre-input.ts';
import type { TheatreInputs } from './theatre-inputs.ts';
import type { PhoneStanding } from './theatre-phones.ts';

/** A computer that masks fewer pictures a second than that shows movements of a hand as jumps. */
const SLOW_FRAMES_PER_SECOND = 12;

/** What the chosen input is called, whether it is sent, and its masks. */
export function InputPane({
  input,
  inputs,
  phone,
  children,
}: {
  input: InputState;
  inputs: TheatreInputs;
  /** Where it is a telephone. */
  phone: PhoneStanding | undefined;
  /** What else can be done with its picture. */
  children?: ReactNode;
}) {
  const t = useTexts();
  const id = useId();
  const { inputId, name, isOn, zones, fault, framesPerSecond } = input;
  const addZone = () =>
    inputs.change(inputId, { zones: [...zones, keptInside({ x: 0.4, y: 0.4, width: 0.2, height: 0.2 })] });
  return (
    <section className="theatre-section" aria-labelledby={id}>
      <h2 id={id}>{t('theatre:inputs.chosen', { name })}</h2>
      {fault && fault !== 'not-found' && (
        <FaultNote device="camera" fault={fault} onRetry={() => inputs.retry(inputId)} />
      )}
      {phone && (phone !== 'there' || input.picture === 'opening') && (
        <p className="theatre-warning" role="status" data-testid="phone-note" data-phone={phone}>
          {t(`theatre:phone.note.${phone}`)}
        </p>
      )}
      {framesPerSecond !== null && framesPerSecond < SLOW_FRAMES_PER_SECOND && (
        <p className="theatre-warning" role="status">
          {t('theatre:inputs.slow', { rate: framesPerSecond })}
        </p>
      )}
      <NameField name={name} onName={(next) => inputs.change(inputId, { name: next })} />
      <label className="theatre-check">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => inputs.change(inputId, { isOn: event.target.checked })}
        />
        {t('theatre:inputs.send')}
      </label>
      <h3>{t('theatre:masks.title')}</h3>
      <p className="theatre-hint">{t('theatre:masks.hint')}</p>
      <div className="theatre-row">
        <button type="button" className="button" disabled={zones.length >= MOST_ZONES} onClick={addZone}>
          {t('theatre:masks.add')}
        </button>
        <button
          type="button"
          className="button"
          disabled={zones.length === 0}
          onClick={() => inputs.change(inputId, { zones: [] })}
        >
          {t('theatre:masks.clear')}
        </button>
      </div>
      {children}
      <button type="button" className="button button-quiet" onClick={() => inputs.remove(inputId)}>
        {t('theatre:inputs.remove')}
      </button>
    </section>
  );
}
