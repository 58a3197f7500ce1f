import { Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { isOfInputMethod } from './enter-key.ts';

/** Typing stops for this long before the server is asked. */
const PAUSE_MS = 300;
/** Where `/` is a character. A chosen tab is an input as well, but nothing is typed into it. */
const TYPED_INTO = 'input:not([type="radio"]):not([type="checkbox"]), textarea, select, [contenteditable]';

/** `/` leads into it from anywhere on the page; Enter asks at once, Escape empties it. */
export function SearchBox({
  value,
  onSearch,
  label,
  hint,
  className,
  size = 'middle',
}: {
  value: string;
  onSearch: (search: string) => void;
  label: string;
  hint: string;
  className: string;
  size?: 'middle' | 'large';
}) {
  const box = useRef<InputRef>(null);
  const [text, setText] = useState(value);
  const [composing, setComposing] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks when the text rests, not when the callback is a new one
  useEffect(() => {
    if (composing || text.trim() === value) return;
    const timer = setTimeout(() => onSearch(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, composing]);
  useEffect(() => {
    if (value === '') setText('');
  }, [value]);
  useEffect(() => {
    const lead = (event: KeyboardEvent) => {
      if (event.key !== '/' || isOfInputMethod(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.activeElement?.matches(TYPED_INTO)) return;
      event.preventDefault();
      box.current?.focus({ cursor: 'all' });
    };
    document.addEventListener('keydown', lead);
    return () => document.removeEventListener('keydown', lead);
  }, []);

  return (
    <Input
      ref={box}
      type="search"
      className={className}
      size={size}
      allowClear
      // A shared computer offers no names that others have typed.
      autoComplete="off"
      maxLength={64}
      aria-label={label}
      placeholder={hint}
      value={text}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (isOfInputMethod(event)) return;
        if (event.key === 'Enter') onSearch(text.trim());
        else if (event.key === 'Escape') setText('');
      }}
    />
  );
}
