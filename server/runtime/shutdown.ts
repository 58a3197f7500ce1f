import type { Logger } from './log.ts';

/** How long a graceful end may take before the process ends anyway. */
const GRACE_MS = 10_000;

/**
 * Ends the process in order on SIGTERM and SIGINT, and at once, with its cause logged, on a fault nobody handled:
 * a process in an unknown state must not go on answering about patients.
 */
export function closeOnSignals(log: Logger, close: () => Promise<void>): void {
  let closing = false;
  const end = (signal: string): void => {
    if (closing) return;
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
