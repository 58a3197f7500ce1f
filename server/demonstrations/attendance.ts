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

/** While it was live, some server was up and noted it so. */
export interface ServedStretch {
  fromAt: string;
  toAt: string;
}

/**
 * What is left of the live time without that in which no server could note who was there: nobody could have been credited with it.
 * Before anything was noted it counts whole.
 */
export function servedOf(live: Interval, stretches: readonly ServedStretch[]): Interval[] {
  const [first, ...others] = stretches.toSorted((a, b) => (a.fromAt < b.fromAt ? -1 : Number(a.fromAt > b.fromAt)));
  if (!first) return [live];
  const served = [{ fromMs: live.fromMs, toMs: Date.parse(first.toAt) }];
  for (const { fromAt, toAt } of others) {
    const last = served.at(-1);
    if (last && Date.parse(fromAt) <= last.toMs + GRACE_MS) last.toMs = Math.max(last.toMs, Date.parse(toAt));
    else served.push({ fromMs: Date.parse(fromAt), toMs: Date.parse(toAt) });
  }
  const last = served.at(-1);
  if (last && live.toMs <= last.toMs + GRACE_MS) last.toMs = live.toMs;
  return intersect(served, [live]);
}

export function secondsOf(intervals: readonly Interval[]): number {
  return Math.round(intervals.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0) / 1000);
}
