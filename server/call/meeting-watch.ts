import { type MeetingParts, noteMeetings } from './meeting.ts';

/** Seldom enough to cost nothing, often enough that the signature is there as soon as the greetings are over. */
const EVERY_MS = 1000;

export interface MeetingWatch {
  close(): Promise<void>;
}

/**
 * Looks again and again who is in the calls. Every server does, whoever started them: it needs no memory, outlives restarts, and
 * of several that see the same meeting one notes it.
 */
export function startMeetingWatch(parts: MeetingParts, everyMs = EVERY_MS): MeetingWatch {
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isFailing = false;
  const look = async (): Promise<void> => {
    try {
      await noteMeetings(parts);
      isFailing = false;
    } catch (err) {
      // Once an outage, not once a second.
      if (!isFailing) parts.log.warn({ err }, 'it cannot be told who is in the calls');
      isFailing = true;
    }
    if (!isClosed) next();
  };
  const next = () => {
    timer = setTimeout(() => {
      running = look();
    }, everyMs);
    timer.unref();
  };
  next();
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
