import i18next from 'i18next';
import type { Failure } from '../../server/contract/failure.ts';
import type { Quality } from '../../server/contract/review.ts';
import { failureText } from '../i18n/failure-text.ts';

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
  mark.className = 'slide-quality';
  mark.dataset['testid'] = 'picture-quality';
  mark.setAttribute('role', 'status');
  const notice = document.createElement('div');
  notice.className = 'slide-notice';
  notice.dataset['testid'] = 'slide-notice';
  notice.setAttribute('role', 'alert');
  const text = document.createElement('p');
  const retry = document.createElement('button');
  retry.type = 'button';
  retry.className = 'button';
  retry.addEventListener('click', onRetry);
  notice.addEventListener('pointerdown', (event) => event.stopPropagation());
  notice.append(text, retry);
  notice.hidden = true;
  stage.append(mark, notice);
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
      notice.hidden = !failure;
      notice.dataset['aside'] = String(drawn);
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
