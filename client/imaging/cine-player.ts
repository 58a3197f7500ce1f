import { type Cine, framesPerSecond, frameTimeMs } from '../../server/formats/image/cine.ts';
import type { Slice } from './series.ts';
import type { Stack } from './stack.ts';

export interface CinePlayer {
  /** What is shown has several frames. */
  readonly available: boolean;
  readonly playing: boolean;
  /** The next frame has not arrived yet. */
  readonly waiting: boolean;
  readonly loops: boolean;
  /** Frames a second, the file's rate times the chosen speed. */
  readonly framesPerSecond: number;
  /** Where the rate comes from, as `Cine.source` names it. */
  readonly source: Cine['source'];
  toggle(): void;
  pause(): void;
  setLoops(loops: boolean): void;
  /** To the next speed of {@link SPEEDS}. */
  faster(): void;
  slower(): void;
  /** Another picture or frame is shown: by the player itself, or by somebody, which ends playing. */
  moved(): void;
}

export interface CineParts {
  stack: Stack;
  isThere(slice: Slice): boolean;
  /** The window can be seen. */
  isVisible(): boolean;
  onChange(): void;
}

/** Times the file's own rate. */
const SPEEDS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3];
/** A machine that is late leaves out at most so many frames at once. */
const MOST_AT_ONCE = 4;

/** Plays the frames of one object (a run, a loop) as its file says: only frames that are there at full quality, never a black one between. */
export function createCinePlayer({ stack, isThere, isVisible, onChange }: CineParts): CinePlayer {
  let request: number | undefined;
  let dueAtMs = 0;
  let forward = true;
  let waiting = false;
  let loops = true;
  let speed = 1;
  /** The player itself is moving the stack. */
  let moving = false;
  let shown: string | undefined;
  let run: { object: string; indices: number[] } = { object: '', indices: [] };

  const runOf = (slice: Slice): number[] => {
    const object = `${slice.seriesInstanceUid}/${slice.sopInstanceUid}`;
    if (run.object !== object) {
      const { firstFrame = 1, lastFrame = Number.POSITIVE_INFINITY } = slice.description.cine ?? {};
      // Whoever pages sees every frame; from one outside of the trim, playing goes to the first inside.
      const indices = (stack.series?.slices ?? []).flatMap(({ sopInstanceUid, frame }, index) =>
        sopInstanceUid === slice.sopInstanceUid && frame >= firstFrame && frame <= lastFrame ? [index] : [],
      );
      run = { object, indices };
    }
    return run.indices;
  };
  /** Place in the run after this one; undefined: the end, and no loop. */
  const placeAfter = (place: number, last: number): number | undefined => {
    const sweeps = stack.slice?.description.cine?.sweeps ?? false;
    if (forward ? place < last : place > 0) return place + (forward ? 1 : -1);
    if (sweeps && (forward || loops)) {
      forward = !forward;
      return Math.min(Math.max(place + (forward ? 1 : -1), 0), last);
    }
    return loops ? 0 : undefined;
  };
  const goTo = (index: number): void => {
    moving = true;
    stack.goTo(index);
    moving = false;
  };
  const pause = (): void => {
    if (request === undefined) return;
    cancelAnimationFrame(request);
    request = undefined;
    waiting = false;
    onChange();
  };
  const tick = (nowMs: number): void => {
    const { slice, series, index } = stack;
    const cine = slice?.description.cine;
    if (!slice || !series || !cine || !isVisible()) {
      pause();
      return;
    }
    const indices = runOf(slice);
    let place = indices.indexOf(index);
    let ended = false;
    for (let steps = 0; nowMs >= dueAtMs && steps < MOST_AT_ONCE && !ended; steps += 1) {
      const next = placeAfter(place, indices.length - 1);
      const target = series.slices[indices[next ?? -1] ?? -1];
      ended = target === undefined;
      if (next === undefined || target === undefined) break;
      const there = isThere(target);
      setWaiting(!there);
      if (!there) break;
      place = next;
      dueAtMs += frameTimeMs(cine, target.frame) / speed;
    }
    // What has not come, or a machine that is late, is not made up for.
    if (nowMs > dueAtMs) dueAtMs = nowMs;
    const to = indices[place];
    if (to !== undefined && to !== index) goTo(to);
    if (ended) pause();
    else request = requestAnimationFrame(tick);
  };
  const setWaiting = (next: boolean): void => {
    if (waiting === next) return;
    waiting = next;
    onChange();
  };
  const play = (): void => {
    const { slice } = stack;
    const cine = slice?.description.cine;
    if (!slice || !cine) return;
    const indices = runOf(slice);
    const atEnd = stack.index === indices.at(-1);
    forward = true;
    if (atEnd && !loops) goTo(indices[0] ?? 0);
    dueAtMs = performance.now() + frameTimeMs(cine, slice.frame) / speed;
    request = requestAnimationFrame(tick);
    onChange();
  };
  const step = (by: 1 | -1): void => {
    speed = SPEEDS[Math.min(Math.max(SPEEDS.indexOf(speed) + by, 0), SPEEDS.length - 1)] ?? 1;
    onChange();
  };
  return {
    get available() {
      return stack.slice?.description.cine != null;
    },
    get playing() {
      return request !== undefined;
    },
    get waiting() {
      return waiting;
    },
    get loops() {
      return loops;
    },
    get framesPerSecond() {
      const cine = stack.slice?.description.cine;
      return cine ? framesPerSecond(cine) * speed : 0;
    },
    get source() {
      return stack.slice?.description.cine?.source ?? 'default';
    },
    toggle: () => (request === undefined ? play() : pause()),
    pause,
    setLoops(next) {
      loops = next;
      onChange();
    },
    faster: () => step(1),
    slower: () => step(-1),
    moved() {
      const key = stack.slice?.key ?? stack.view?.target.seriesInstanceUid;
      if (key === shown) return;
      shown = key;
      if (!moving) pause();
    },
  };
}
