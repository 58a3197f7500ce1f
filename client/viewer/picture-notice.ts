import i18next from 'i18next';
import type { Failure } from '../../server/contract/failure.ts';
import { failureText } from '../i18n/failure-text.ts';
import './picture-notice.css';

export interface PictureNotice {
  readonly element: HTMLElement;
  /** undefined: there is nothing to say. */
  draw(failure: Failure | undefined): void;
}

/** Over a picture that cannot be shown: why, and trying again. */
export function createPictureNotice(host: HTMLElement, onRetry: () => void): PictureNotice {
  const element = document.createElement('div');
  element.className = 'picture-notice';
  element.dataset['testid'] = 'picture-notice';
  element.setAttribute('role', 'alert');
  element.hidden = true;
  const text = document.createElement('p');
  const retry = document.createElement('button');
  retry.type = 'button';
  retry.className = 'button';
  retry.addEventListener('click', onRetry);
  // A press on it is none on the picture below.
  element.addEventListener('pointerdown', (event) => event.stopPropagation());
  element.append(text, retry);
  host.append(element);
  return {
    element,
    draw(failure) {
      element.hidden = failure === undefined;
      if (failure === undefined) return;
      text.textContent = failureText(failure);
      retry.textContent = i18next.t('common:retry');
    },
  };
}
