import { type Repeated, repeat } from '../runtime/repeat.ts';
import { type MeetingParts, noteMeetings } from './meeting.ts';

/** Seldom enough to cost nothing, often enough that the signature is there as soon as the greetings are over. */
const EVERY_MS = 1000;

/**
 * Looks again and again who is in the calls. Every server does, whoever started them: it needs no memory, outlives restarts, and
 * of several that see the same meeting one notes it.
 */
export function startMeetingWatch(parts: MeetingParts, everyMs = EVERY_MS): Repeated {
  const { log } = parts;
  return repeat(() => noteMeetings(parts), { everyMs, log, what: 'it cannot be told who is in the calls' });
}
