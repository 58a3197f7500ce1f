import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Diagnosis } from '../../server/contract/diagnosis.ts';
import { useLanguage } from '../i18n/use-language.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { isOfInputMethod } from '../ui/enter-key.ts';
import { isDiagnosisText, readFreeEntry } from './diagnosis-entry.ts';
import { DiagnosisList } from './diagnosis-list.tsx';
import type { ControlProps } from './form-field.tsx';
import { useDiagnosisSearch } from './use-diagnosis-search.ts';
import './diagnosis-picker.css';

interface Option {
  key: string;
  label: string;
  diagnosis: Diagnosis;
}

const MAX_DIAGNOSES = 20;

/**
 * Several diagnoses: found by name, pinyin, abbreviation or code, or written freely, with or without a code. A combobox after the ARIA
 * Authoring Practices: arrows choose, Enter adds, Escape closes; the first entry is the main diagnosis.
 */
export function DiagnosisPicker({
  control,
  value,
  onChange,
}: {
  control: ControlProps;
  value: readonly Diagnosis[];
  onChange: (value: Diagnosis[]) => void;
}) {
  const t = useTexts();
  const language = useLanguage();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [composing, setComposing] = useState(false);
  const search = useDiagnosisSearch(composing ? '' : typed);

  const free = readFreeEntry(typed);
  const found: Option[] = search.terms.map(({ code, zh, en }, index) => ({
    key: `term-${index}`,
    label: language === 'en' ? `${en} · ${zh}` : zh,
    diagnosis: { code, display: language === 'en' ? en : zh },
  }));
  const own: Option[] = free
    ? [
        {
          key: 'free',
          label: t('newCase:diagnosis.free', { text: `${free.code} ${free.display}`.trim() }),
          diagnosis: free,
        },
      ]
    : [];
  // A typed code and name is what was meant; plain text may be the beginning of something in the list.
  // It waits for the search: who presses Enter at once means the entry that is about to come.
  const offered = search.state === 'searching' ? [] : own;
  const options = free?.code ? [...offered, ...found] : [...found, ...offered];
  const isOpen = open && typed.trim() !== '' && !composing;
  const popup = useRef<HTMLDivElement>(null);
  const optionCount = options.length;
  // In braces: newer browsers answer scrollIntoView with a promise, which is no clean-up.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a longer list may end below the window
  useEffect(() => {
    popup.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen, optionCount]);
  const current = options[Math.min(active, options.length - 1)];

  function add(option: Option): void {
    take(option);
    input.current?.focus();
  }

  function take({ diagnosis }: Option): void {
    const isThere = value.some(({ code, display }) => code === diagnosis.code && display === diagnosis.display);
    if (!isThere && value.length < MAX_DIAGNOSES) onChange([...value, diagnosis]);
    setTyped('');
    setOpen(false);
  }

  /** What was written and left is not lost for want of a key. */
  function leave(): void {
    setOpen(false);
    setComposing(false);
    if (!isDiagnosisText(typed)) return;
    const listed = found.find(({ diagnosis }) => diagnosis.display === typed.trim());
    const [written] = listed ? [listed] : own;
    if (written) take(written);
  }

  function onKeyDown(event: KeyboardEvent): void {
    // While a Chinese input method composes, its keys are its own.
    if (isOfInputMethod(event) || !isOpen) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      setActive((at) => (Math.min(at, options.length - 1) + step + options.length) % options.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (current && search.state !== 'searching') add(current);
    } else if (event.key === 'Escape') setOpen(false);
  }

  return (
    <div className="diagnosis-picker">
      <DiagnosisList value={value} onChange={onChange} />
      <input
        {...control}
        ref={input}
        className="field-input"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && current ? `${listId}-${current.key}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('newCase:diagnosis.add')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setOpen(true);
          setActive(0);
        }}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
      {isOpen && (
        <div className="diagnosis-popup" ref={popup}>
          {/* Its options are reached by aria-activedescendant: the focus stays in the field. */}
          <div id={listId} role="listbox" tabIndex={-1} aria-label={t('newCase:fields.diagnosis')}>
            {options.map((option) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox's own keys choose and add
              <div
                key={option.key}
                id={`${listId}-${option.key}`}
                role="option"
                tabIndex={-1}
                aria-selected={option === current}
                className="diagnosis-option"
                // Not to lose the field's focus, and with it the popup, before the click arrives.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => add(option)}
                ref={(element) => {
                  if (option === current) element?.scrollIntoView({ block: 'nearest' });
                }}
              >
                {option.diagnosis.code && <span className="diagnosis-code numbers">{option.diagnosis.code}</span>}
                <span>{option.label}</span>
              </div>
            ))}
          </div>
          <p className="diagnosis-hint" role="status">
            {popupText()}
          </p>
        </div>
      )}
    </div>
  );

  function popupText(): string {
    if (search.state === 'failed') return t('newCase:diagnosis.failed');
    if (search.state === 'searching') return t('newCase:diagnosis.searching');
    if (found.length > 0) return t('newCase:diagnosis.found', { count: found.length });
    if (free) return t('newCase:diagnosis.none');
    return t('newCase:diagnosis.nameCode', { code: typed.trim() });
  }
}
