import { Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../i18n/use-texts.ts';
import { isOfInputMethod } from '../../ui/enter-key.ts';

/** Typing stops for this long before the server is asked: each search is recorded. */
const PAUSE_MS = 400;
/** Where `/` is a character. */
const TYPED_INTO = 'input, textarea, select, [contenteditable]';

/** `/` leads into it from anywhere on the page; Enter asks at once. */
export function SearchBox({ value, onSearch }: { value: string; onSearch: (search: string) => void }) {
  const t = useTexts();
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
      className="patients-search-box"
      size="large"
      allowClear
      // A shared computer offers no names that others have typed.
      autoComplete="off"
      maxLength={64}
      aria-label={t('patients:search')}
      placeholder={t('patients:searchHint')}
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
