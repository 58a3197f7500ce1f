import i18next from 'i18next';
import type { Failure } from '../../server/contract/failure.ts';
import type { Quality } from '../../server/contract/review.ts';
import { createPictureNotice } from '../review/picture-notice.ts';

/** Loading shows after this long: tiles that are there at once do not flicker. */
const CALM_MS = 200;

export interface Status {
  state: Quality['state'];
  loaded: number;
  total: number;
  /** Nothing finer can be shown at this zoom. */
  coarse: boolean;
  failure: Failure | undefined;
  /** Something of the slide is to be seen, which a notice must not cover. */
  drawn: boolean;
}

export interface StatusElement {
  draw(status: Status): void;
  dispose(): void;
}

/** Says in the picture whether it can be trusted: loading, coarse yet, complete, or why there is none. */
export function createStatusElement(stage: HTMLElement, onRetry: () => void): StatusElement {
  const mark = document.createElement('div');
  mark.className = 'slide-quality quality-mark';
  mark.dataset['testid'] = 'picture-quality';
  mark.setAttribute('role', 'status');
  stage.append(mark);
  const notice = createPictureNotice(stage, onRetry);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: Quality['state'] | undefined;

  const write = (words: string, state: Quality['state']): void => {
    mark.dataset['state'] = state;
    if (mark.textContent !== words) mark.textContent = words;
  };
  return {
    draw({ state, loaded, total, coarse, failure, drawn }) {
      const words = i18next.t(`pathology:quality.${coarse && state === 'preview' ? 'coarse' : state}`, {
        loaded,
        total,
      });
      clearTimeout(timer);
      // A move of the window by a tile's width must not make the mark flash.
      if (shown === 'full' && (state === 'loading' || state === 'preview')) {
        timer = setTimeout(() => {
          shown = state;
          write(words, state);
        }, CALM_MS);
      } else {
        shown = state;
        write(words, state);
      }
      notice.element.dataset['aside'] = String(drawn);
      notice.draw(failure);
    },
    dispose() {
      clearTimeout(timer);
      mark.remove();
      notice.element.remove();
    },
  };
}
