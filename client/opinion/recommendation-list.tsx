import { type KeyboardEvent, useRef } from 'react';
import type { Recommendation } from '../../server/contract/report.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { isOfInputMethod } from '../ui/enter-key.ts';
import { newId } from './add-key-image.ts';
import { movedBy } from './moved-by.ts';

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
  const fields = useRef(new Map<string, HTMLTextAreaElement>());
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
        {value.map(({ recommendationId, text }, index) => {
          const number = index + 1;
          return (
            <li key={recommendationId}>
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
                ref={(element) => {
                  if (!element) return void fields.current.delete(recommendationId);
                  fields.current.set(recommendationId, element);
                  if (focusOn.current !== recommendationId) return;
                  focusOn.current = undefined;
                  element.focus();
                }}
                onKeyDown={(event) => onKeyDown(event, index)}
                onChange={(event) =>
                  onChange(
                    value.map((one) =>
                      one.recommendationId === recommendationId ? { ...one, text: event.currentTarget.value } : one,
                    ),
                  )
                }
              />
              <span className="opinion-row-acts">
                <RowButton
                  label={t('opinion:up', { number })}
                  face="↑"
                  off={index === 0}
                  onClick={() => move(index, -1)}
                />
                <RowButton
                  label={t('opinion:down', { number })}
                  face="↓"
                  off={number === value.length}
                  onClick={() => move(index, 1)}
                />
                <RowButton label={t('opinion:remove', { number })} face="✕" onClick={() => remove(index)} />
              </span>
            </li>
          );
        })}
      </ol>
      <button type="button" className="button" data-testid="recommendation-add" onClick={() => add(value.length - 1)}>
        + {t('opinion:add')}
      </button>
    </div>
  );
}

export function RowButton({
  label,
  face,
  off = false,
  onClick,
}: {
  label: string;
  face: string;
  off?: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      className="button button-quiet opinion-row-act"
      aria-label={label}
      title={label}
      disabled={off}
      onClick={onClick}
    >
      {face}
    </button>
  );
}
