/** Beyond the page's edge so many CSS pixels turn it: one notch of a wheel, or a clear swipe. */
const TURN_PX = 100;
/** What is left of a swipe must not turn page after page. */
const PAUSE_MS = 350;

export interface ReadingOn {
  /**
   * Scrolls within the page, and turns it at its edge.
   * @param room CSS pixels that are left above and below.
   * @returns how far to move, and whether to turn.
   */
  scroll(dy: number, room: { above: number; below: number }, nowMs: number): { move: number; turn: -1 | 0 | 1 };
}

/** Reading down a document with the wheel, as paper readers have it. */
export function createReadingOn(): ReadingOn {
  let beyond = 0;
  let turnedAtMs = Number.NEGATIVE_INFINITY;
  return {
    scroll(dy, { above, below }, nowMs) {
      const room = dy > 0 ? below : above;
      const move = Math.sign(dy) * Math.min(Math.abs(dy), room);
      if (move !== 0) {
        beyond = 0;
        return { move, turn: 0 };
      }
      if (nowMs - turnedAtMs < PAUSE_MS) return { move: 0, turn: 0 };
      beyond = Math.sign(beyond) === Math.sign(dy) ? beyond + dy : dy;
      if (Math.abs(beyond) < TURN_PX) return { move: 0, turn: 0 };
      turnedAtMs = nowMs;
      const turn = beyond > 0 ? 1 : -1;
      beyond = 0;
      return { move: 0, turn };
    },
  };
}
