import { randomBytes } from 'node:crypto';

const timeOf = (ms: number): string => String(ms).padStart(15, '0');

/** Sorts before all events of that instant and after. @param ms since 1970 */
export const eventIdBefore = (ms: number): string => timeOf(ms);

/**
 * Ids that sort as the events happened: milliseconds, then a count within this process, then what tells processes apart.
 * @returns at most 36 characters
 */
export function createEventIds(): (at: Date) => string {
  const process = randomBytes(4).toString('hex');
  let count = 0;
  let lastMs = 0;
  return (at) => {
    // A clock that is set back must not put what comes later before what was.
    lastMs = Math.max(lastMs, at.getTime());
    count += 1;
    return `${timeOf(lastMs)}-${String(count % 1e9).padStart(9, '0')}-${process}`;
  };
}
