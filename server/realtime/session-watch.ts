import type { RequestName } from '../contract/index.ts';

/** Sent by the client on its own: they do not show that anybody is there. */
const AUTOMATIC = new Set<string>([
  'review:open',
  'quality:report',
  'chat:since',
  'demonstration:enter',
] satisfies RequestName[]);

const CHECK_MS = 60_000;

export interface SessionWatchParts {
  /** Counts as use of the session. @throws Failure unauthenticated where it has ended. */
  use(): Promise<unknown>;
  /** Whether the session is still good, without using it. */
  isOpen(): Promise<boolean>;
  /** Whether the person is in a consultation or a live demonstration now: they may sit there for hours without touching the mouse. */
  isThere(): Promise<boolean>;
  onEnded(): void;
  onError(err: unknown): void;
  checkMs?: number;
}

export interface SessionWatch {
  /** A request came in. */
  saw(name: string): void;
  close(): void;
}

/** Keeps the session of a working person alive and ends the connection of an expired one. */
export function watchSession({
  use,
  isOpen,
  isThere,
  onEnded,
  onError,
  checkMs = CHECK_MS,
}: SessionWatchParts): SessionWatch {
  let isActive = false;
  const check = async (): Promise<void> => {
    try {
      if (!(await isOpen())) {
        onEnded();
        return;
      }
      const isUsed = isActive || (await isThere());
      isActive = false;
      if (isUsed) await use();
    } catch (err) {
      onError(err);
    }
  };
  const timer = setInterval(check, checkMs);
  timer.unref();
  return {
    saw(name) {
      if (!AUTOMATIC.has(name)) isActive = true;
    },
    close: () => clearInterval(timer),
  };
}
