import { Input } from 'antd';
import { useEffect, useState } from 'react';
import type { Control } from './field.tsx';

/**
 * A value that is typed as text and may not be one yet: what cannot be read stays in the field, marked, and changes nothing.
 * @param parse undefined: it is no value. `show` is its inverse.
 */
export function TypedInput<V>({
  control,
  value,
  parse,
  show,
  problem,
  disabled,
  suffix,
  placeholder,
  inputMode = 'decimal',
  onChange,
}: {
  control: Partial<Control> & { 'aria-label'?: string };
  value: V;
  parse: (text: string) => V | undefined;
  show: (value: V) => string;
  problem: string;
  disabled: boolean;
  suffix?: string | undefined;
  placeholder?: string;
  inputMode?: 'decimal' | 'text';
  onChange: (value: V) => void;
}) {
  const [text, setText] = useState(show(value));
  const shown = show(value);
  // Somebody else's value, or the person's choice in a conflict.
  useEffect(() => setText((typed) => (parse(typed) === parse(shown) ? typed : shown)), [shown, parse]);
  const isWrong = parse(text) === undefined;
  return (
    <>
      <Input
        {...control}
        className="numbers"
        inputMode={inputMode}
        value={text}
        disabled={disabled}
        aria-invalid={isWrong}
        status={isWrong ? 'error' : ''}
        {...(suffix !== undefined && { suffix })}
        {...(placeholder !== undefined && { placeholder })}
        onChange={(event) => {
          setText(event.target.value);
          const parsed = parse(event.target.value);
          if (parsed !== undefined) onChange(parsed);
        }}
      />
      {isWrong && <p className="field-error">{problem}</p>}
    </>
  );
}
