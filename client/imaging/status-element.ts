import i18next from 'i18next';
import type { Failure } from '../../server/contract/failure.ts';
import type { Quality } from '../../server/contract/review.ts';
import { createPictureNotice } from '../review/picture-notice.ts';

/** Loading shows after this long: a picture that is there at once does not flicker. */
const CALM_MS = 200;

export interface StatusElement {
  draw(state: Quality['state'], failure: Failure | undefined, counts: { loaded: number; total: number }): void;
  dispose(): void;
}

/** Says in the picture whether it can be trusted: loading, a lossy preview, complete, or why there is none. */
export function createStatusElement(stage: HTMLElement, onRetry: () => void): StatusElement {
  const mark = document.createElement('div');
  mark.className = 'picture-quality quality-mark';
  mark.dataset['testid'] = 'picture-quality';
  mark.setAttribute('role', 'status');
  stage.append(mark);
  const notice = createPictureNotice(stage, onRetry);
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
      notice.draw(failure);
    },
    dispose() {
      clearTimeout(timer);
      mark.remove();
      notice.element.remove();
    },
  };
}
