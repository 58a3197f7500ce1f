import type { Clock } from '../review/clock.ts';
import type { PictureStop } from './room-state.ts';

/** A layer change or a key frame leaves a gap of up to a second; only a longer one is worth a word. */
const STOP_AFTER_MS = 1_500;
/** Back for no longer than this, it was a try of its sender, who finds out so what a thin line bears (picture-trial.ts). */
const TRY_MS = 10_000;
/** After a try a picture has to move for so long before it is shown: one that fails is over by then. */
const STAYS_MS = 4_000;

export interface PictureStopWatchParts {
  /** Whether pictures should come: the sender sends and this window takes them. */
  isExpected(): boolean;
  /** Whether pictures came and come no more, as the decoder sees it. */
  isStill(): boolean;
  clock: Clock;
  onChange(): void;
}

/** Tells whether a picture that should come has stopped, and whose line is the reason. A sender's tries on a thin line are shown once. */
export interface PictureStopWatch {
  /** Null while it moves, or should not. */
  readonly cause: PictureStop | null;
  /** 0 to 10: the line from the sender; null where nothing is known. */
  readonly senderScore: number | null;
  setScores(scores: readonly number[]): void;
  /** The sfu sends no layer at all, or sends one again. */
  setLayersGone(gone: boolean): void;
  /** What the two questions of the parts answer has changed. */
  judge(): void;
  /** What was known of the lines counts no more: something else flows now. */
  startAnew(): void;
  close(): void;
}

export function watchPictureStop({ isExpected, isStill, clock, onChange }: PictureStopWatchParts): PictureStopWatch {
  let cause: PictureStop | null = null;
  let layersGone = false;
  let scores: readonly number[] | null = null;
  let cancel: (() => void) | undefined;
  let backAtMs = Number.NEGATIVE_INFINITY;
  let wasTry = false;

  function causeNow(): PictureStop | null {
    if (!isExpected()) return null;
    if (scores !== null && scores.length > 0 && scores.every((score) => score === 0)) return 'their-line';
    if (layersGone) return 'own-line';
    // What flows by all reports and does not move is not there: a stopped picture stays so until it moves.
    return isStill() ? (cause ?? 'own-line') : null;
  }
  function set(next: PictureStop | null): void {
    cancel?.();
    cancel = undefined;
    if (cause === next) return;
    if (next === null) backAtMs = clock.nowMs();
    else if (cause === null) wasTry = clock.nowMs() - backAtMs < TRY_MS;
    cause = next;
    onChange();
  }
  function judge(): void {
    const next = causeNow();
    if (next === null && cause !== null && wasTry && isExpected()) {
      cancel ??= clock.after(STAYS_MS, () => set(causeNow()));
      return;
    }
    // The decoder has waited long enough already.
    if (next === null || cause !== null || isStill()) set(next);
    else cancel ??= clock.after(STOP_AFTER_MS, () => set(causeNow()));
  }

  return {
    get cause() {
      return cause;
    },
    get senderScore() {
      // Nobody may take a picture that is not taken here: its sender stops it, which is no news about their line.
      if (!isExpected() || scores === null || scores.length === 0) return null;
      return Math.max(...scores);
    },
    setScores(next) {
      scores = next;
      judge();
    },
    setLayersGone(gone) {
      layersGone = gone;
      judge();
    },
    judge,
    startAnew() {
      layersGone = false;
      scores = null;
      wasTry = false;
      judge();
    },
    close: () => cancel?.(),
  };
}
