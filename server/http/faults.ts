import type { ErrorRequestHandler, Express } from 'express';
import { Failure } from '../contract/index.ts';
import type { Logger } from '../runtime/log.ts';
import { answer } from './bind.ts';

/** What the body parser and the router refuse before any handler runs, by the status they name. */
function toRefusal(thrown: unknown): unknown {
  if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) return thrown;
  if (thrown.status === 413) return new Failure('too-large', 'the message is too large', { cause: thrown });
  if (thrown.status === 404) return new Failure('not-found', 'no such address');
  if (typeof thrown.status === 'number' && thrown.status >= 400 && thrown.status < 500) {
    // The parser's own message may quote what was sent, so it stays in the cause's type alone.
    return new Failure('invalid-message', 'the message cannot be read');
  }
  return thrown;
}

/** The last in line: an address that nothing serves, and whatever was thrown outside a handler. */
export function answerFaults(app: Express, log: Logger): void {
  app.use((_request, response) =>
    answer(log, 'unknown', response, () => Promise.reject(new Failure('not-found', 'no such address'))),
  );
  const onError: ErrorRequestHandler = (thrown, _request, response, _next) => {
    void answer(log, 'unreadable', response, () => Promise.reject(toRefusal(thrown)));
  };
  app.use(onError);
}
