import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { Diagnosis } from '../../server/contract/diagnosis.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { isOfInputMethod } from '../ui/enter-key.ts';
import { DiagnosisList } from './diagnosis-list.tsx';
import { DiagnosisPopup, optionId } from './diagnosis-popup.tsx';
import type { ControlProps } from './form-field.tsx';
import { type DiagnosisOption, useDiagnosisOptions } from './use-diagnosis-options.ts';
import './diagnosis-picker.css';

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
  function add({ diagnosis }: DiagnosisOption): void {
    const isThere = value.some(({ code, display }) => code === diagnosis.code && display === diagnosis.display);
    if (!isThere && value.length < MAX_DIAGNOSES) onChange([...value, diagnosis]);
  }

  return (
    <div className="diagnosis-picker">
      <DiagnosisList value={value} onChange={onChange} />
      <DiagnosisCombobox control={control} onTake={add} />
    </div>
  );
}

function DiagnosisCombobox({ control, onTake }: { control: ControlProps; onTake: (option: DiagnosisOption) => void }) {
  const t = useTexts();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const entry = useDiagnosisEntry(onTake);
  const { options, current, hint, isOpen } = entry;

  function choose(option: DiagnosisOption): void {
    entry.take(option);
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // While a Chinese input method composes, its keys are its own.
    if (isOfInputMethod(event) || !isOpen) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      entry.step(step);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (current && !entry.isSearching) choose(current);
    } else if (event.key === 'Escape') entry.close();
  }

  return (
    <>
      <input
        {...control}
        ref={input}
        className="field-input"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && current ? optionId(listId, current) : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('newCase:diagnosis.add')}
        value={entry.typed}
        onChange={(event) => entry.type(event.currentTarget.value)}
        onCompositionStart={() => entry.setComposing(true)}
        onCompositionEnd={() => entry.setComposing(false)}
        onKeyDown={onKeyDown}
        onBlur={entry.leave}
      />
      {isOpen && <DiagnosisPopup {...{ listId, options, current, hint }} onChoose={choose} />}
    </>
  );
}

/** What is being typed, what is offered for it, and which of that is marked. */
function useDiagnosisEntry(onTake: (option: DiagnosisOption) => void) {
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [composing, setComposing] = useState(false);
  const offer = useDiagnosisOptions(typed, composing);
  const { options, written } = offer;

  function take(option: DiagnosisOption): void {
    onTake(option);
    setTyped('');
    setOpen(false);
  }

  return {
    ...offer,
    typed,
    isOpen: open && typed.trim() !== '' && !composing,
    current: options[Math.min(active, options.length - 1)],
    setComposing,
    take,
    close: () => setOpen(false),
    step: (by: number) => setActive((at) => (Math.min(at, options.length - 1) + by + options.length) % options.length),
    type(text: string) {
      setTyped(text);
      setOpen(true);
      setActive(0);
    },
    /** What was written and left is not lost for want of a key. */
    leave() {
      setOpen(false);
      setComposing(false);
      if (written) take(written);
    },
  };
}
