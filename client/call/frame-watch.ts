import type { Clock } from '../review/clock.ts';

const LOOK_MS = 1_000;
/** Until the first picture is there: nobody should wait for a look. */
const FIRST_LOOK_MS = 250;
/** So many looks without a new picture: it stands still. */
const STILL_AFTER = 3;
/** So many looks without a first one: what should bring it does not, and nobody may have been told. */
const NONE_AFTER = 16;
/** So many looks in a row with new pictures: it moves again, and was no single key frame. */
const MOVING_AFTER = 2;

/** `awaited`: no picture was decoded yet, and it is too early to wonder. */
export type FrameState = 'awaited' | 'moving' | 'still';

/** Whether a received picture moves: what the decoder has done, whatever anybody says about the line. */
export interface FrameWatch {
  readonly state: FrameState;
  /** Looks while pictures should come; what came before does not count. */
  setExpected(expected: boolean): void;
  close(): void;
}

export interface FrameWatchParts {
  /** Pictures decoded since the beginning; undefined: not known at this moment. */
  countFrames(): Promise<number | undefined>;
  clock: Clock;
  onChange(): void;
}

export function watchFrames({ countFrames, clock, onChange }: FrameWatchParts): FrameWatch {
  let state: FrameState = 'awaited';
  let counted: number | undefined;
  let without = 0;
  let withNew = 0;
  let expected = false;
  let cancel: (() => void) | undefined;

  const set = (next: FrameState) => {
    if (next === state) return;
    state = next;
    onChange();
  };
  function judge(count: number): void {
    const isNew = count > (counted ?? 0);
    counted = count;
    withNew = isNew ? withNew + 1 : 0;
    without = isNew ? 0 : without + 1;
    if (state === 'awaited' && isNew) set('moving');
    else if (state === 'still' && withNew >= MOVING_AFTER) set('moving');
    else if (without >= STILL_AFTER && state === 'moving') set('still');
    else if (without >= NONE_AFTER && state === 'awaited') set('still');
  }
  function look(): void {
    countFrames()
      .then(
        (count) => {
          if (expected && count !== undefined) judge(count);
        },
        () => {
          // The track went in this moment: the next look, if there is one, is of another.
        },
      )
      .finally(() => {
        if (expected) later();
      });
  }
  function later(): void {
    cancel?.();
    cancel = clock.after(state === 'awaited' ? FIRST_LOOK_MS : LOOK_MS, look);
  }

  return {
    get state() {
      return state;
    },
    setExpected(next) {
      if (next === expected) return;
      expected = next;
      without = withNew = 0;
      if (expected) look();
      else cancel?.();
    },
    close() {
      expected = false;
      cancel?.();
    },
  };
}
