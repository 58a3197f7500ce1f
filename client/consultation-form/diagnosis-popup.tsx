import { useEffect, useRef } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import type { DiagnosisOption } from './use-diagnosis-options.ts';

/** The list below the field. Its options are reached by aria-activedescendant: the focus stays in the field. */
export function DiagnosisPopup({
  listId,
  options,
  current,
  hint,
  onChoose,
}: {
  listId: string;
  options: readonly DiagnosisOption[];
  current: DiagnosisOption | undefined;
  hint: string;
  onChoose: (option: DiagnosisOption) => void;
}) {
  const t = useTexts();
  const popup = useRef<HTMLDivElement>(null);
  const optionCount = options.length;
  // In braces: newer browsers answer scrollIntoView with a promise, which is no clean-up.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a longer list may end below the window
  useEffect(() => {
    popup.current?.scrollIntoView({ block: 'nearest' });
  }, [optionCount]);

  return (
    <div className="diagnosis-popup" ref={popup}>
      <div id={listId} role="listbox" tabIndex={-1} aria-label={t('newCase:fields.diagnosis')}>
        {options.map((option) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox's own keys choose and add
          <div
            key={option.key}
            id={optionId(listId, option)}
            role="option"
            tabIndex={-1}
            aria-selected={option === current}
            className="diagnosis-option"
            // Not to lose the field's focus, and with it the popup, before the click arrives.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(option)}
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
        {hint}
      </p>
    </div>
  );
}

export function optionId(listId: string, { key }: DiagnosisOption): string {
  return `${listId}-${key}`;
}
