import type { ReplayPart } from '../../contract/index.ts';
import type { Recording } from '../store.ts';

/** A part of a replay's time, by the server's clock: its end is none of it. */
export interface Stretch {
  fromMs: number;
  toMs: number;
}

/**
 * What of a demonstration's time can be seen again: what was recorded, without what was cut out.
 * @returns in their order, none of which touches another
 */
export function seenStretches(
  recordings: readonly Pick<Recording, 'startedAt' | 'stoppedAt' | 'sealedAt'>[],
  { endedAt }: { endedAt: string | null },
  cutParts: readonly ReplayPart[],
): Stretch[] {
  const endMs = endedAt === null ? Number.POSITIVE_INFINITY : Date.parse(endedAt);
  const recorded = recordings
    .filter(({ sealedAt }) => sealedAt === null)
    .map(({ startedAt, stoppedAt }) => ({
      fromMs: Date.parse(startedAt),
      toMs: stoppedAt === null ? endMs : Date.parse(stoppedAt),
    }));
  return merged(recorded).flatMap((one) => without(one, cutParts));
}

function merged(stretches: readonly Stretch[]): Stretch[] {
  const whole: Stretch[] = [];
  for (const one of stretches.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = whole.at(-1);
    if (last && one.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, one.toMs);
    else whole.push({ ...one });
  }
  return whole.filter(({ fromMs, toMs }) => fromMs < toMs);
}

/** @param cutParts in their order, as they are kept */
function without(stretch: Stretch, cutParts: readonly ReplayPart[]): Stretch[] {
  const left: Stretch[] = [];
  let fromMs = stretch.fromMs;
  for (const { fromAt, toAt } of cutParts) {
    left.push({ fromMs, toMs: Math.min(stretch.toMs, Date.parse(fromAt)) });
    fromMs = Math.max(fromMs, Date.parse(toAt));
  }
  left.push({ fromMs, toMs: stretch.toMs });
  return left.filter((one) => one.fromMs < one.toMs);
}

export const isSeen = (seen: readonly Stretch[], ms: number): boolean =>
  seen.some(({ fromMs, toMs }) => ms >= fromMs && ms < toMs);

/** What of a stretch can be seen. */
export const seenOf = (seen: readonly Stretch[], { fromMs, toMs }: Stretch): Stretch[] =>
  seen
    .map((one) => ({ fromMs: Math.max(one.fromMs, fromMs), toMs: Math.min(one.toMs, toMs) }))
    .filter((one) => one.fromMs < one.toMs);
