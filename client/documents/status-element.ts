import i18next from 'i18next';
import type { Failure } from '../../server/contract/failure.ts';
import type { Quality } from '../../server/contract/review.ts';
import { createPictureNotice } from '../review/picture-notice.ts';

/** A page that is sharp again this soon does not flicker. */
const CALM_MS = 250;

export interface StatusElement {
  draw(state: Quality['state'], failure: Failure | undefined): void;
  dispose(): void;
}

/** Says on the page whether it is all there: loading, coarse yet, sharp, or why there is none. */
export function createStatusElement(stage: HTMLElement, onRetry: () => void): StatusElement {
  const mark = document.createElement('div');
  mark.className = 'document-quality quality-mark';
  mark.dataset['testid'] = 'picture-quality';
  mark.setAttribute('role', 'status');
  stage.append(mark);
  const notice = createPictureNotice(stage, onRetry);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: Quality['state'] | undefined;

  const write = (state: Quality['state']): void => {
    shown = state;
    mark.dataset['state'] = state;
    const words = i18next.t(`documents:quality.${state}`);
    if (mark.textContent !== words) mark.textContent = words;
  };
  return {
    draw(state, failure) {
      clearTimeout(timer);
      if (shown === 'full' && (state === 'loading' || state === 'preview')) timer = setTimeout(write, CALM_MS, state);
      else write(state);
      notice.draw(failure);
    },
    dispose() {
      clearTimeout(timer);
      mark.remove();
      notice.element.remove();
    },
  };
}
