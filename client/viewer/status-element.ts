import type { Failure } from '../../server/contract/failure.ts';
import type { Quality } from '../../server/contract/review.ts';
import { createPictureNotice } from './picture-notice.ts';

type State = Quality['state'];

export interface StatusParts {
  /** Where the mark goes. */
  host: HTMLElement;
  /** What the notice lies over; left out: the same. */
  picture?: HTMLElement;
  className: string;
  testId: string;
  /** What a picture that was complete may be for a moment without saying so: a move by a tile's width must not make the mark flash. */
  calm: readonly State[];
  onRetry(): void;
}

export interface Status {
  state: State;
  words: string;
  failure: Failure | undefined;
  /** Something of the picture is to be seen, which a notice must not cover. */
  aside?: boolean;
}

export interface StatusElement {
  draw(status: Status): void;
  dispose(): void;
}

/** For so long. */
const CALM_MS = 200;

/** Says in the picture whether it can be trusted: loading, a preview, complete, or why there is none. */
export function createStatusElement({
  host,
  picture = host,
  className,
  testId,
  calm,
  onRetry,
}: StatusParts): StatusElement {
  const mark = document.createElement('span');
  mark.className = `${className} quality-mark`;
  mark.dataset['testid'] = testId;
  mark.setAttribute('role', 'status');
  host.append(mark);
  const notice = createPictureNotice(picture, onRetry);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: State | undefined;
  let wanted: Status | undefined;

  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!wanted) return;
    const { state, words } = wanted;
    shown = state;
    mark.dataset['state'] = state;
    if (mark.textContent !== words) mark.textContent = words;
  };
  return {
    draw(status) {
      wanted = status;
      if (shown === 'full' && calm.includes(status.state)) timer ??= setTimeout(write, CALM_MS);
      else write();
      notice.element.dataset['aside'] = String(status.aside === true);
      notice.draw(status.failure);
    },
    dispose() {
      clearTimeout(timer);
      mark.remove();
      notice.element.remove();
    },
  };
}
