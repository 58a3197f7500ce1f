const CHINA_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** A time of day in China (UTC+8 all year), so many calendar days before the one that `now` lies in. @param time `HH:MM` */
export function daysBefore(now: Date, days: number, time: string): Date {
  const today = new Date(now.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
  return new Date(Date.parse(`${today}T${time}:00+08:00`) - days * DAY_MS);
}

export function minutesBefore(now: Date, minutes: number): Date {
  return new Date(now.getTime() - minutes * 60_000);
}

/** When things happened in the demo cases. It never stands still and never goes back, as a hospital's clock. */
export interface StoryClock {
  now(): Date;
  /** Goes on. @returns the new instant. */
  after(seconds: number): Date;
  /** Goes on to an instant. @throws Error where that has passed already. */
  moveTo(instant: Date): void;
}

/** @param until nothing may happen after it: the present. */
export function createStoryClock(from: Date, until: Date): StoryClock {
  let current = from;
  const moveTo = (instant: Date) => {
    if (instant <= current || instant > until) throw new Error(`the story cannot go to ${instant.toISOString()}`);
    current = instant;
  };
  return {
    now: () => current,
    after(seconds) {
      moveTo(new Date(current.getTime() + seconds * 1000));
      return current;
    },
    moveTo,
  };
}
