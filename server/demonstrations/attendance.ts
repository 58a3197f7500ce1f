/*
 * How long somebody was there, from what their windows left behind: whichever windows and servers they were, one person is there once.
 */

/** One window in one demonstration. */
export interface Stretch {
  fromAt: string;
  /** When the server heard of it last. */
  lastSeenAt: string;
  /** null: it is open. */
  toAt: string | null;
  /** The window said that it leaves; else its line was lost. */
  hasLeft: boolean;
}

/** From, until before; milliseconds. */
export interface Interval {
  fromMs: number;
  toMs: number;
}

/** A line that is back within this time was not away: a reload, a lift, a server that starts anew. */
export const GRACE_MS = 90_000;
/** How often an open window is noted: what a server that dies can lose. */
export const NOTED_EVERY_MS = 30_000;

/** The window is there, or its line was lost within the grace. */
export const isOpen = ({ toAt, lastSeenAt }: Stretch, at: Date): boolean =>
  toAt === null && Date.parse(lastSeenAt) >= at.getTime() - GRACE_MS;

/** What was noted last is the end of an open one: nobody is credited with time that no server saw. */
const endOf = ({ lastSeenAt, toAt }: Stretch): number => Date.parse(toAt ?? lastSeenAt);

/** The times at which the person of these windows was there: apart, in order. Whoever left and came back was away in between. */
export function presenceOf(stretches: readonly Stretch[]): Interval[] {
  const merged: (Interval & { hasLeft: boolean })[] = [];
  const sorted = stretches.toSorted((a, b) => (a.fromAt < b.fromAt ? -1 : Number(a.fromAt > b.fromAt)));
  for (const stretch of sorted) {
    const [fromMs, toMs] = [Date.parse(stretch.fromAt), Math.max(endOf(stretch), Date.parse(stretch.fromAt))];
    const last = merged.at(-1);
    const reach = last && (last.hasLeft ? last.toMs : last.toMs + GRACE_MS);
    if (last && reach !== undefined && fromMs <= reach) {
      // Of two that end at once the one that was lost counts: it may come back.
      if (toMs > last.toMs) last.hasLeft = stretch.hasLeft;
      else if (toMs === last.toMs) last.hasLeft &&= stretch.hasLeft;
      last.toMs = Math.max(last.toMs, toMs);
    } else merged.push({ fromMs, toMs, hasLeft: stretch.hasLeft });
  }
  return merged.map(({ fromMs, toMs }) => ({ fromMs, toMs })).filter(({ fromMs, toMs }) => toMs > fromMs);
}

/** What lies in both; each of the two apart and in order, as the answer is. */
export function intersect(one: readonly Interval[], other: readonly Interval[]): Interval[] {
  return one.flatMap((a) =>
    other
      .map((b) => ({ fromMs: Math.max(a.fromMs, b.fromMs), toMs: Math.min(a.toMs, b.toMs) }))
      .filter(({ fromMs, toMs }) => toMs > fromMs),
  );
}

export function secondsOf(intervals: readonly Interval[]): number {
  return Math.round(intervals.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) / 1000);
}
