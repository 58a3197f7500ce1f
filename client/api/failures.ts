import { Failure } from '../../server/contract/failure.ts';
import { isKeptFor } from '../../server/contract/failure-fate.ts';
import { FailureView } from '../../server/contract/failure-view.ts';

/** The failure that a reply carries. A body that is no FailureView (a proxy's error page) becomes `unavailable` or `internal` by its status. */
export function failureFromReply(status: number, body: unknown): Failure {
  const parsed = FailureView.safeParse(body);
  if (parsed.success) return failureFromView(parsed.data);
  const code =
    status === 401 ? 'unauthenticated' : status === 413 ? 'too-large' : status >= 502 ? 'unavailable' : 'internal';
  return new Failure(code, `the server answered ${status} without a failure`);
}

/** Turns the wire form back into the error that was thrown on the other side. */
export function failureFromView(view: FailureView): Failure {
  return new Failure(view.code, view.message, {
    requestId: view.requestId,
    ...(view.reason === undefined ? {} : { reason: view.reason }),
    ...(view.fields === undefined ? {} : { fields: view.fields }),
    ...(view.retryAfterS === undefined ? {} : { retryAfterS: view.retryAfterS }),
  });
}

/** Whatever was thrown, as a Failure: a bug of the client's own is `internal`. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  return new Failure('internal', thrown instanceof Error ? thrown.message : 'unknown error', { cause: thrown });
}

/** The server said something that the contract does not allow: a bug of ours, so engineers see it in the browser's console. */
export function brokenContract(name: string, cause: unknown): Failure {
  const failure = new Failure('internal', `the answer to ${name} breaks the contract`, { cause });
  reportError(failure);
  return failure;
}

/**
 * Of what a page does by itself, and tries again at the next occasion. An outage is no fault, nor is a session that has ended: the whole
 * page hears of either. All else is, and engineers see it in the browser's console.
 */
export function reportFault(thrown: unknown): void {
  const passes = thrown instanceof Failure && thrown.code !== 'internal' && isKeptFor(thrown);
  if (!passes) reportError(thrown);
}
