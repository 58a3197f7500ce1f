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
