import { type ReactNode, useId } from 'react';

export interface Control {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

/** A label, a control, its hint and what is wrong with it. The control spreads what it is given. */
export function Field({
  label,
  hint,
  problem,
  wide = false,
  children,
}: {
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
  wide?: boolean;
  children: (control: Control) => ReactNode;
}) {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div className={wide ? 'record-field record-wide' : 'record-field'}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-invalid': problem !== undefined, 'aria-describedby': described || undefined })}
      {hint && (
        <p className="record-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p className="field-error" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}

/** The browser's own list: by keys and by screen readers as everywhere. */
export function Choice<V extends string>({
  control,
  value,
  options,
  disabled = false,
  onChange,
}: {
  control: Partial<Control> & { 'aria-label'?: string };
  value: V;
  options: readonly { value: V; label: string }[];
  disabled?: boolean;
  onChange: (value: V) => void;
}) {
  return (
    <select
      className="record-select"
      {...control}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as V)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
