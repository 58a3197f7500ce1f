import { Failure, type FailureCode } from '../contract/failure.ts';
import type { FailureView } from '../contract/failure-view.ts';
import type { Logger } from './log.ts';

/** Code → HTTP status. */
export const FAILURE_STATUS: Record<FailureCode, number> = {
  'invalid-message': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'rate-limited': 429,
  'version-mismatch': 426,
  unavailable: 503,
  internal: 500,
};

/** Code → log level: what an engineer must see. */
export const FAILURE_LEVEL: Record<FailureCode, 'debug' | 'info' | 'warn' | 'error'> = {
  'invalid-message': 'info',
  unauthenticated: 'info',
  forbidden: 'warn',
  'not-found': 'info',
  conflict: 'info',
  'too-large': 'info',
  'rate-limited': 'warn',
  'version-mismatch': 'info',
  unavailable: 'error',
  internal: 'error',
};

/** Code → whether a socket connection survives it. */
export const FAILURE_DISCONNECTS: Record<FailureCode, boolean> = {
  'invalid-message': false,
  unauthenticated: true,
  forbidden: false,
  'not-found': false,
  conflict: false,
  'too-large': false,
  'rate-limited': false,
  'version-mismatch': true,
  unavailable: false,
  internal: false,
};

/** Errors of lower layers that mean "not now", by their `code`; everything else that is not a Failure is a bug. */
const OUTAGES: Record<string, FailureDetailsOfOutage> = {
  ECONNREFUSED: { reason: 'database-unreachable' },
  ECONNRESET: { reason: 'database-unreachable' },
  PROTOCOL_CONNECTION_LOST: { reason: 'database-unreachable' },
  ER_SERVER_SHUTDOWN: { reason: 'database-unreachable' },
  ER_CON_COUNT_ERROR: { reason: 'database-unreachable' },
  ETIMEDOUT: { reason: 'database-unreachable' },
  EPIPE: { reason: 'database-unreachable' },
  EHOSTUNREACH: { reason: 'database-unreachable' },
  ENETUNREACH: { reason: 'database-unreachable' },
  EAI_AGAIN: { reason: 'database-unreachable' },
  ENOENT_SOCKET: { reason: 'database-unreachable' },
  ENOSPC: { reason: 'storage-full' },
  EDQUOT: { reason: 'storage-full' },
  SQLITE_FULL: { reason: 'storage-full' },
};
interface FailureDetailsOfOutage {
  reason: 'database-unreachable' | 'storage-full';
}

/** Turns anything thrown into a Failure. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const code = codeOf(thrown);
  const outage = code === undefined ? undefined : OUTAGES[code];
  if (outage)
    return new Failure('unavailable', `the ${outage.reason}`, { reason: outage.reason, retryAfterS: 5, cause: thrown });
  return new Failure('internal', 'internal error', { cause: thrown });
}

function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  if ('code' in thrown && typeof thrown.code === 'string') {
    if (thrown.code === 'ENOENT' && 'syscall' in thrown && thrown.syscall === 'connect') return 'ENOENT_SOCKET';
    return thrown.code;
  }
  if ('driverError' in thrown) return codeOf(thrown.driverError);
  // mysql2 has no code for a statement that comes after its connection was lost, as the next one of a transaction does.
  return 'fatal' in thrown && thrown.fatal === true ? 'PROTOCOL_CONNECTION_LOST' : undefined;
}

/** The wire form; an internal failure says nothing but its request id. */
export function toFailureView(failure: Failure, requestId: string): FailureView {
  return {
    code: failure.code,
    ...(failure.reason === undefined ? {} : { reason: failure.reason }),
    message: failure.message,
    ...(failure.fields === undefined ? {} : { fields: failure.fields }),
    ...(failure.retryAfterS === undefined ? {} : { retryAfterS: failure.retryAfterS }),
    requestId,
  };
}

/** Logs a failed request once, with its cause, at the level of its code. */
export function logFailure(log: Logger, failure: Failure, context: { requestId: string; name: string }): void {
  log[FAILURE_LEVEL[failure.code]](
    { ...context, code: failure.code, reason: failure.reason, err: failure.cause },
    failure.message,
  );
}
