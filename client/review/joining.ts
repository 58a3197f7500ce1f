import type { ReviewSnapshot } from '../../server/contract/review.ts';
import type { Clock } from './clock.ts';
import { isTransient, type ReviewLink } from './review-link.ts';

const REJOIN_MS = 1500;
/** A revision that is still missing after this long is asked for. */
const GAP_PATIENCE_MS = 1000;

export interface JoiningParts {
  link: ReviewLink;
  clock: Clock;
  consultationId: string;
  /** What is here already. `hasGap`: of what came later, something is missing. */
  board: { readonly revision: number; readonly hasGap: boolean };
  onSnapshot(snapshot: ReviewSnapshot): void;
  /** The server will not let this person in. */
  onRefused(failure: unknown): void;
}

/** The way into a review, and in again after an outage or where a revision is missing. */
export interface Joining {
  /** Asks for a snapshot, again and again while the line is bad; the last wish supersedes those before. */
  join(): void;
  /** The board has changed. */
  watchGap(): void;
  stop(): void;
}

export function createJoining({ link, clock, consultationId, board, onSnapshot, onRefused }: JoiningParts): Joining {
  let joinNumber = 0;
  let stopped = false;
  let cancelRejoin: (() => void) | undefined;
  let cancelGap: (() => void) | undefined;

  const join = (): void => {
    cancelRejoin?.();
    const number = ++joinNumber;
    const superseded = (): boolean => stopped || number !== joinNumber;
    link.request('review:open', { consultationId, sinceRevision: board.revision }).then(
      (snapshot) => {
        if (!superseded()) onSnapshot(snapshot);
      },
      (thrown: unknown) => {
        if (superseded()) return;
        if (isTransient(thrown)) cancelRejoin = clock.after(REJOIN_MS, join);
        else onRefused(thrown);
      },
    );
  };
  return {
    join,
    watchGap() {
      if (!board.hasGap) {
        cancelGap?.();
        cancelGap = undefined;
        return;
      }
      cancelGap ??= clock.after(GAP_PATIENCE_MS, () => {
        cancelGap = undefined;
        if (board.hasGap) join();
      });
    },
    stop() {
      stopped = true;
      cancelRejoin?.();
      cancelGap?.();
    },
  };
}
