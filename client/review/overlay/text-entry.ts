import i18next from 'i18next';
import type { Point } from '../../../server/contract/picture.ts';
import { isOfInputMethod } from '../../ui/enter-key.ts';

export interface TextEntry {
  /** Leaves without keeping what was typed. */
  cancel(): void;
}

const MAX_LENGTH = 200;

/** A line to type on, on the picture itself. Enter and leaving it keep the text, Escape does not. */
export function openTextEntry(
  lightbox: HTMLElement,
  at: Point,
  text: string,
  onDone: (text: string | undefined) => void,
): TextEntry {
  const input = document.createElement('input');
  input.type = 'text';
  input.className = 'annotation-text-entry';
  input.dataset['testid'] = 'annotation-text';
  input.maxLength = MAX_LENGTH;
  input.value = text;
  input.placeholder = i18next.t('review:textPlaceholder');
  input.setAttribute('aria-label', i18next.t('review:textPlaceholder'));
  input.style.left = `${Math.max(0, Math.min(at.x, lightbox.clientWidth - 240))}px`;
  input.style.top = `${Math.max(0, Math.min(at.y - 16, lightbox.clientHeight - 36))}px`;
  let done = false;
  const finish = (value: string | undefined): void => {
    if (done) return;
    done = true;
    const focused = document.activeElement === input;
    input.remove();
    if (focused) lightbox.focus({ preventScroll: true });
    onDone(value);
  };
  input.addEventListener('keydown', (event) => {
    event.stopPropagation();
    // While an input method is composing, Enter and Escape belong to it.
    if (isOfInputMethod(event)) return;
    if (event.key === 'Enter') finish(input.value.trim());
    if (event.key === 'Escape') finish(undefined);
  });
  input.addEventListener('pointerdown', (event) => event.stopPropagation());
  input.addEventListener('wheel', (event) => event.stopPropagation());
  input.addEventListener('blur', () => finish(input.value.trim()));
  lightbox.append(input);
  input.focus({ preventScroll: true });
  return { cancel: () => finish(undefined) };
}
