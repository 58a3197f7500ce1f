import type { Clock } from './clock.ts';
import { isTransient } from './review-link.ts';

const REJOIN_MS = 1500;
/** A revision that is still missing after this long is asked for. */
const GAP_PATIENCE_MS = 1000;

export interface JoiningParts<Snapshot> {
  /** Asks for what came after a revision. */
  open(sinceRevision: number): Promise<Snapshot>;
  clock: Clock;
  /** What is here already. `hasGap`: of what came later, something is missing. */
  board: { readonly revision: number; readonly hasGap: boolean };
  onSnapshot(snapshot: Snapshot): void;
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

export function createJoining<Snapshot>({
  open,
  clock,
  board,
  onSnapshot,
  onRefused,
}: JoiningParts<Snapshot>): Joining {
  let joinNumber = 0;
  let stopped = false;
  let cancelRejoin: (() => void) | undefined;
  let cancelGap: (() => void) | undefined;

  const join = (): void => {
    cancelRejoin?.();
    const number = ++joinNumber;
    const superseded = (): boolean => stopped || number !== joinNumber;
    open(board.revision).then(
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
