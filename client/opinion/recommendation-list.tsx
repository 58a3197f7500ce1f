import { type KeyboardEvent, useRef } from 'react';
import type { Recommendation } from '../../server/contract/report.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { isOfInputMethod } from '../ui/enter-key.ts';
import { newId } from './add-key-image.ts';
import { movedBy, RowButton } from './row-acts.tsx';

const MAX_COUNT = 50;

/**
 * One field for each recommendation. Enter goes on with a new one (Shift+Enter breaks the line), Backspace in an empty one
 * removes it, Alt+↑ and Alt+↓ move it; the buttons do the same.
 */
export function RecommendationList({
  value,
  onChange,
}: {
  value: Recommendation[];
  onChange: (value: Recommendation[]) => void;
}) {
  const t = useTexts();
  const focusOn = useRef<string>(undefined);

  function add(after: number): void {
    if (value.length >= MAX_COUNT) return;
    const added = { recommendationId: newId(), text: '' };
    focusOn.current = added.recommendationId;
    onChange([...value.slice(0, after + 1), added, ...value.slice(after + 1)]);
  }

  function remove(index: number): void {
    focusOn.current = value[Math.max(0, index - 1)]?.recommendationId;
    onChange(value.filter((_, at) => at !== index));
  }

  function move(index: number, by: 1 | -1): void {
    focusOn.current = value[index]?.recommendationId;
    onChange(movedBy(value, index, by));
  }

  function hold(recommendationId: string, element: HTMLTextAreaElement | null): void {
    if (!element || focusOn.current !== recommendationId) return;
    focusOn.current = undefined;
    element.focus();
  }

  function onKeyDown(event: KeyboardEvent, index: number): void {
    // Enter also ends the composition of a Chinese input method; that one is not for us.
    if (isOfInputMethod(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && value[index]?.text.trim() !== '') add(index);
    else if (event.key === 'Backspace' && value[index]?.text === '' && value.length > 1) remove(index);
    else if (event.altKey && event.key === 'ArrowUp') move(index, -1);
    else if (event.altKey && event.key === 'ArrowDown') move(index, 1);
    else return;
    event.preventDefault();
  }

  return (
    <div className="recommendations">
      <ol>
        {value.map((one, index) => (
          <Row
            key={one.recommendationId}
            number={index + 1}
            isLast={index + 1 === value.length}
            text={one.text}
            field={(element) => hold(one.recommendationId, element)}
            onKeyDown={(event) => onKeyDown(event, index)}
            onText={(text) => onChange(value.map((other) => (other === one ? { ...one, text } : other)))}
            onMove={(by) => move(index, by)}
            onRemove={() => remove(index)}
          />
        ))}
      </ol>
      <button type="button" className="button" data-testid="recommendation-add" onClick={() => add(value.length - 1)}>
        + {t('opinion:add')}
      </button>
    </div>
  );
}

function Row({
  number,
  isLast,
  text,
  field,
  onKeyDown,
  onText,
  onMove,
  onRemove,
}: {
  number: number;
  isLast: boolean;
  text: string;
  field: (element: HTMLTextAreaElement | null) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onText: (text: string) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}) {
  const t = useTexts();
  return (
    <li>
      <span className="recommendation-number numbers" aria-hidden="true">
        {number}.
      </span>
      <textarea
        className="field-input opinion-text"
        rows={2}
        maxLength={1000}
        aria-label={t('opinion:recommendation', { number })}
        data-testid="recommendation"
        value={text}
        ref={field}
        onKeyDown={onKeyDown}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <span className="opinion-row-acts">
        <RowButton label={t('opinion:up', { number })} face="↑" off={number === 1} onClick={() => onMove(-1)} />
        <RowButton label={t('opinion:down', { number })} face="↓" off={isLast} onClick={() => onMove(1)} />
        <RowButton label={t('opinion:remove', { number })} face="✕" onClick={onRemove} />
      </span>
    </li>
  );
}
