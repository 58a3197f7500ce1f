import { type Logger, pino } from 'pino';

export type { Logger };

/**
 * JSON lines on standard error; standard output carries nothing but the ready line.
 * info: one line for each step of a lifecycle; warn: someone must look at it soon; error: something is broken now.
 * No name, note, token or DICOM value is ever logged: log identifiers.
 */
export function createLog(level: string, name: string): Logger {
  return pino(
    { level, name, timestamp: pino.stdTimeFunctions.isoTime, redact: ['*.password', '*.token', 'password', 'token'] },
    pino.destination({ fd: 2, sync: true }),
  );
}
