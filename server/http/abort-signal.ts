import type { Response } from 'express';

/** Aborted when whoever asked has gone before the answer was complete: nobody needs to work on it any more. */
export function signalOf(response: Response): AbortSignal {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  else
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
  return gone.signal;
}
