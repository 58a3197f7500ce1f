import type { ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import type { FieldPath } from './draft.ts';
import { fieldId, useProblem } from './form-context.ts';
import { useProblemText } from './problem-text.ts';

export interface ControlProps {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

/** A label, a control, its hint and what is wrong with it. The control spreads what it is given. */
export function FormField({
  field,
  label,
  hint,
  below,
  children,
}: {
  field: FieldPath;
  /** Left out: the field's usual name. */
  label?: string;
  hint?: string;
  /** Stands between the control and its error: what a correct value means. */
  below?: ReactNode;
  children: (control: ControlProps) => ReactNode;
}) {
  const t = useTexts();
  const id = fieldId(field);
  const problem = useProblem(field);
  const described = [hint && `${id}-hint`, problem && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="form-field">
      <label className="field-label" htmlFor={id}>
        {label ?? t(`newCase:fields.${field}`)}
      </label>
      {hint && (
        <p className="form-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({ id, 'aria-invalid': problem !== undefined, 'aria-describedby': described || undefined })}
      {below}
      <FieldError field={field} />
    </div>
  );
}

/** Several controls under one heading: radio buttons, the consent. The group itself takes the focus when jumped to. */
export function FormGroup({
  field,
  label,
  hint,
  wide = false,
  children,
}: {
  field: FieldPath;
  /** Left out: the field's usual name. */
  label?: string;
  hint?: string;
  /** Takes the whole width where fields stand side by side. */
  wide?: boolean;
  children: ReactNode;
}) {
  const t = useTexts();
  const id = fieldId(field);
  const problem = useProblem(field);
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={wide ? 'form-field form-group form-wide' : 'form-field form-group'}
      data-invalid={problem !== undefined}
      aria-describedby={problem && `${id}-error`}
    >
      <legend className="field-label">{label ?? t(`newCase:fields.${field}`)}</legend>
      {hint && <p className="form-hint">{hint}</p>}
      {children}
      <FieldError field={field} />
    </fieldset>
  );
}

function FieldError({ field }: { field: FieldPath }) {
  const problem = useProblem(field);
  const text = useProblemText();
  if (!problem) return null;
  return (
    <p className="field-error form-error" id={`${fieldId(field)}-error`}>
      {text(problem)}
    </p>
  );
}
