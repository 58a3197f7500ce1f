/*
 * Presence checks: twice an hour, unannounced, whoever watches is asked whether they are there.
 */

/** One is asked in each half hour of what is live, at an instant that nobody can know before. */
export const SLOT_MS = 30 * 60_000;
/** How long it may be answered. */
export const OPEN_MS = 5 * 60_000;

export interface PresenceCheck {
  checkId: string;
  demonstrationId: string;
  /** The how manieth half hour since it began, from 0. */
  slot: number;
  dueAt: string;
  /** null: nobody was asked yet. */
  askedAt: string | null;
}

export interface CheckAnswer {
  checkId: string;
  accountId: string;
  answeredAt: string;
}

/** Whoever works there is not asked: a question may not stand before a surgeon's picture. So no check counts against them either. */
export const isAskedIn = (
  { surgeonId, seats }: { surgeonId: string; seats: readonly { accountId: string }[] },
  accountId: string,
): boolean => accountId !== surgeonId && !seats.some((seat) => seat.accountId === accountId);

export const slotAt = (beganAt: string, at: Date): number => Math.floor((at.getTime() - Date.parse(beganAt)) / SLOT_MS);

/**
 * When the check of the half hour that is on is due; it can be answered within it.
 * @param random from 0, below 1
 * @returns undefined where so little is left of it that nobody is asked
 */
export function dueAt(beganAt: string, at: Date, random: number): Date | undefined {
  const ends = Date.parse(beganAt) + (slotAt(beganAt, at) + 1) * SLOT_MS;
  const leftMs = ends - OPEN_MS - at.getTime();
  return leftMs < 0 ? undefined : new Date(at.getTime() + random * leftMs);
}

export const answerBy = (askedAt: string): string => new Date(Date.parse(askedAt) + OPEN_MS).toISOString();

export function isOpen({ askedAt }: Pick<PresenceCheck, 'askedAt'>, at: Date): boolean {
  return askedAt !== null && at.toISOString() <= answerBy(askedAt);
}

/**
 * Of those asked while the person was there, how many they answered. One that they answered was asked of them.
 * @param live one not answered counts only where it could be answered for the whole time: live, and a server up
 */
export function countChecks(
  checks: readonly PresenceCheck[],
  answered: ReadonlySet<string>,
  there: readonly { fromMs: number; toMs: number }[],
  live: readonly { fromMs: number; toMs: number }[],
): { checksAsked: number; checksAnswered: number } {
  const asked = checks.filter(({ checkId, askedAt }) => {
    if (askedAt === null) return false;
    const atMs = Date.parse(askedAt);
    if (answered.has(checkId)) return true;
    return (
      there.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs) &&
      live.some(({ fromMs, toMs }) => fromMs <= atMs && atMs + OPEN_MS <= toMs)
    );
  });
  return {
    checksAsked: asked.length,
    checksAnswered: asked.filter(({ checkId }) => answered.has(checkId)).length,
  };
}
