import type { Logger } from './log.ts';

/** How long a graceful end may take before the process ends anyway. */
const GRACE_MS = 10_000;

/** What is under way may end first: SIGTERM waits for it up to a limit, SIGINT and a second SIGTERM do not. */
export interface Drain {
  /** Takes nothing new; resolves when nothing is left. */
  drain(): Promise<void>;
  limitMs: number;
}

/**
 * Ends the process in order on SIGTERM and SIGINT, and at once, with its cause logged, on a fault nobody handled:
 * a process in an unknown state must not go on answering about patients.
 */
export function closeOnSignals(log: Logger, close: () => Promise<void>, drain?: Drain): void {
  let closing = false;
  let draining = false;
  const end = (signal: string): void => {
    if (closing) return;
    if (signal === 'SIGTERM' && drain && drain.limitMs > 0 && !draining) {
      draining = true;
      log.info({ limitMs: drain.limitMs }, 'draining; a second signal ends at once');
      const limit = setTimeout(() => end('the limit'), drain.limitMs);
      void drain.drain().finally(() => {
        clearTimeout(limit);
        end('empty');
      });
      return;
    }
    closing = true;
    log.info({ signal }, 'closing');
    const timer = setTimeout(() => {
      log.error('closing took too long');
      process.exit(1);
    }, GRACE_MS);
    close().then(
      () => {
        clearTimeout(timer);
        log.info('closed');
        process.exit(0);
      },
      (err: unknown) => {
        log.error({ err }, 'closing failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  const crash = (kind: string) => (err: unknown) => {
    log.fatal({ err }, kind);
    process.exit(1);
  };
  process.on('unhandledRejection', crash('unhandledRejection'));
  process.on('uncaughtException', crash('uncaughtException'));
}

/** One part of the process, and how it ends. */
export type ClosingStep = [name: string, close: () => Promise<void>];

/** Four of them end within {@link GRACE_MS}. */
const STEP_MS = 2_000;

/** Ends one part after the other. One that does not end in time, or fails, is named in the log and keeps none of the others from ending. */
export async function closeInOrder(log: Logger, steps: readonly ClosingStep[], stepMs = STEP_MS): Promise<void> {
  for (const [name, close] of steps) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), stepMs);
    });
    try {
      if ((await Promise.race([close(), late])) === 'late') log.warn({ name, stepMs }, 'closing goes on without it');
    } catch (err) {
      log.error({ err, name }, 'closing failed');
    } finally {
      clearTimeout(timer);
    }
  }
}
