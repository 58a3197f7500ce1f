import i18next from 'i18next';
import type { Failure } from '../../server/contract/failure.ts';
import type { Quality } from '../../server/contract/review.ts';
import { failureText } from '../i18n/failure-text.ts';

/** Loading shows after this long: a picture that is there at once does not flicker. */
const CALM_MS = 200;

export interface StatusElement {
  draw(state: Quality['state'], failure: Failure | undefined, counts: { loaded: number; total: number }): void;
  dispose(): void;
}

/** Says in the picture whether it can be trusted: loading, a lossy preview, complete, or why there is none. */
export function createStatusElement(stage: HTMLElement, onRetry: () => void): StatusElement {
  const mark = document.createElement('div');
  mark.className = 'picture-quality';
  mark.dataset['testid'] = 'picture-quality';
  mark.setAttribute('role', 'status');
  const notice = document.createElement('div');
  notice.className = 'picture-notice';
  notice.setAttribute('role', 'alert');
  const text = document.createElement('p');
  const retry = document.createElement('button');
  retry.type = 'button';
  retry.className = 'button';
  retry.addEventListener('click', onRetry);
  retry.addEventListener('pointerdown', (event) => event.stopPropagation());
  notice.append(text, retry);
  notice.hidden = true;
  stage.append(mark, notice);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: Quality['state'] | undefined;

  const show = (next: Quality['state']): void => {
    mark.dataset['state'] = next;
  };
  return {
    draw(next, failure, { loaded, total }) {
      const words = i18next.t(`imaging:quality.${next}`, { loaded, total });
      if (mark.textContent !== words) mark.textContent = words;
      if (next !== state) {
        state = next;
        clearTimeout(timer);
        if (next === 'loading') timer = setTimeout(() => show(next), CALM_MS);
        else show(next);
      }
      notice.hidden = !failure;
      if (!failure) return;
      text.textContent = failureText(failure);
      retry.textContent = i18next.t('common:retry');
    },
    dispose() {
      clearTimeout(timer);
      mark.remove();
      notice.remove();
    },
  };
}
