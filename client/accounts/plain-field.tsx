import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import './plain-field.css';

/** A labelled field with its hint and what is wrong with it, in plain HTML: for pages that come without antd. */
export function PlainField({
  label,
  hint,
  error,
  after,
  className = '',
  ...input
}: {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** Beside the field, inside its frame. */
  after?: ReactNode;
} & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <div className="field plain-field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className={after ? 'plain-field-password' : ''}>
        <input
          id={id}
          className={`field-input ${className}`}
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-hint ${id}-error`}
          {...input}
        />
        {after}
      </div>
      <p id={`${id}-hint`} className="field-hint">
        {hint}
      </p>
      <p id={`${id}-error`} className="field-error">
        {error}
      </p>
    </div>
  );
}
