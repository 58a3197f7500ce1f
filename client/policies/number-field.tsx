import { useId } from 'react';

/** A whole number within bounds. @param value null: nothing is said, where that is possible */
export function NumberField({
  label,
  hint,
  value,
  min,
  max,
  isOptional = false,
  onChange,
}: {
  label: string;
  hint: string;
  value: number | null;
  min: number;
  max: number;
  isOptional?: boolean;
  onChange: (value: number | null) => void;
}) {
  const field = useId();
  return (
    <div className="policy-number">
      <label className="field-label" htmlFor={field}>
        {label}
      </label>
      <input
        id={field}
        type="number"
        className="field-input numbers"
        aria-describedby={`${field}-hint`}
        required={!isOptional}
        min={min}
        max={max}
        step={1}
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : target.valueAsNumber)}
      />
      <p id={`${field}-hint`} className="policy-text">
        {hint}
      </p>
    </div>
  );
}
