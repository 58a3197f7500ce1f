import type { Response } from 'express';
import { Failure, type FailureReason } from '../contract/index.ts';
import { toFailureView } from '../runtime/failures.ts';
import type { Logger } from '../runtime/log.ts';
import { answer } from './bind.ts';

/** A refusal in a status that PS3.18 asks for and the closed list of failure codes does not have. */
export class Refusal extends Error {
  readonly status: 406 | 415 | 416;

  constructor(status: 406 | 415 | 416, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
  }
}

/** The image is there but cannot be given in any form that was asked for. */
const NOT_ACCEPTABLE = new Set<FailureReason | undefined>(['no-pixels', 'transfer-syntax-unsupported']);

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
        .json(toFailureView(new Failure('invalid-message', refusal.message), requestId));
    }
  });
}

function toRefusal(err: unknown): Refusal | undefined {
  if (err instanceof Refusal) return err;
  return err instanceof Failure && NOT_ACCEPTABLE.has(err.reason) ? new Refusal(406, err.message) : undefined;
}
