import i18next from 'i18next';
import type { Failure } from '../../server/contract/failure.ts';
import type { Quality } from '../../server/contract/review.ts';
import { failureText } from '../i18n/failure-text.ts';

export interface StatusElement {
  draw(state: Quality['state'], failure: Failure | undefined): void;
}

/** Says whether the record is there: a mark in the bar, and over the paper why there is none. */
export function createStatusElement(bar: HTMLElement, host: HTMLElement, onRetry: () => void): StatusElement {
  const mark = document.createElement('span');
  mark.className = 'ecg-quality';
  mark.dataset['testid'] = 'ecg-quality';
  mark.setAttribute('role', 'status');
  const notice = document.createElement('div');
  notice.className = 'ecg-notice';
  notice.dataset['testid'] = 'ecg-notice';
  notice.setAttribute('role', 'alert');
  const reason = document.createElement('p');
  const retry = document.createElement('button');
  retry.type = 'button';
  retry.className = 'button';
  retry.addEventListener('click', onRetry);
  notice.addEventListener('pointerdown', (event) => event.stopPropagation());
  notice.append(reason, retry);
  notice.hidden = true;
  bar.append(mark);
  host.append(notice);
  return {
    draw(state, failure) {
      const words = state === 'preview' ? '' : i18next.t(`ecg:quality.${state}`);
      if (mark.textContent !== words) mark.textContent = words;
      mark.dataset['state'] = state;
      notice.hidden = failure === undefined;
      if (!failure) return;
      reason.textContent = failureText(failure);
      retry.textContent = i18next.t('common:retry');
    },
  };
}
