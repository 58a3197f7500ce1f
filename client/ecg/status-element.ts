import i18next from 'i18next';
import type { Failure } from '../../server/contract/failure.ts';
import type { Quality } from '../../server/contract/review.ts';
import { createPictureNotice } from '../review/picture-notice.ts';

export interface StatusElement {
  draw(state: Quality['state'], failure: Failure | undefined): void;
}

/** Says whether the record is there: a mark in the bar, and over the paper why there is none. */
export function createStatusElement(bar: HTMLElement, host: HTMLElement, onRetry: () => void): StatusElement {
  const mark = document.createElement('span');
  mark.className = 'ecg-quality quality-mark';
  mark.dataset['testid'] = 'ecg-quality';
  mark.setAttribute('role', 'status');
  bar.append(mark);
  const notice = createPictureNotice(host, onRetry);
  return {
    draw(state, failure) {
      const words = state === 'preview' ? '' : i18next.t(`ecg:quality.${state}`);
      if (mark.textContent !== words) mark.textContent = words;
      mark.dataset['state'] = state;
      notice.draw(failure);
    },
  };
}
