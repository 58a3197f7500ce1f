import { Failure } from '../contract/index.ts';

/** Between two questions of one person. */
export const QUESTION_PACE_S = 10;
/** Between two lines of one watcher, where nobody has set it otherwise. */
export const CHAT_PACE_S = 2;

/** From when the next one is taken; null: now. @param lastAt when the last one came. */
export function nextAt(lastAt: string | undefined, paceS: number, at: Date): string | null {
  if (lastAt === undefined) return null;
  const next = Date.parse(lastAt) + paceS * 1000;
  return next > at.getTime() ? new Date(next).toISOString() : null;
}

/** @throws Failure rate-limited / asked-too-soon with the seconds to wait */
export function requirePace(lastAt: string | undefined, paceS: number, at: Date): void {
  const next = nextAt(lastAt, paceS, at);
  if (next === null) return;
  throw new Failure('rate-limited', 'too soon after the last one', {
    reason: 'asked-too-soon',
    retryAfterS: Math.ceil((Date.parse(next) - at.getTime()) / 1000),
  });
}
