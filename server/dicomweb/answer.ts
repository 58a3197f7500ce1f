import type { Response } from 'express';
import { Failure, type FailureReason } from '../contract/index.ts';
import { answer } from '../http/bind.ts';
import { toFailureView } from '../runtime/failures.ts';
import type { Logger } from '../runtime/log.ts';

/** A refusal in a status that PS3.18 asks for and the closed list of failure codes does not have. */
export class Refusal extends Error {
  readonly status: 406 | 415 | 416;
  readonly reason: FailureReason | undefined;

  constructor(status: 406 | 415 | 416, message: string, reason?: FailureReason) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.reason = reason;
  }
}

/** The instance is there but cannot be given in any form that was asked for; that is not the fault of whoever asks. */
const NOT_ACCEPTABLE = new Set<FailureReason>([
  'no-pixels',
  'transfer-syntax-unsupported',
  'file-damaged',
  'file-truncated',
]);

/** As {@link answer}, with the statuses of PS3.18 section 8.5; a receiver that has gone is no failure. */
export function answerDicomWeb(
  log: Logger,
  name: string,
  response: Response,
  work: (requestId: string) => Promise<void>,
): Promise<void> {
  return answer(log, name, response, async (requestId) => {
    try {
      await work(requestId);
    } catch (err) {
      if (response.closed || response.destroyed) {
        log.debug({ requestId, name }, 'the receiver has gone');
        return;
      }
      const refusal = toRefusal(err);
      if (refusal === undefined || response.headersSent) throw err;
      log.info({ requestId, name, status: refusal.status }, refusal.message);
      response
        .status(refusal.status)
        .set('cache-control', 'no-store')
        .json(toFailureView(failureOf(refusal), requestId));
    }
  });
}

function toRefusal(err: unknown): Refusal | undefined {
  if (err instanceof Refusal) return err;
  const isUnfit = err instanceof Failure && err.reason !== undefined && NOT_ACCEPTABLE.has(err.reason);
  return isUnfit ? new Refusal(406, err.message, err.reason) : undefined;
}

function failureOf({ message, reason }: Refusal): Failure {
  return new Failure('invalid-message', message, reason === undefined ? {} : { reason });
}
