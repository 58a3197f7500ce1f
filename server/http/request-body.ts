import type { Request } from 'express';
import { Failure } from '../contract/index.ts';

/**
 * The bytes of a request as they arrive. A sender that goes away in the middle is no outage of this server, though Node
 * names both alike.
 * @throws Failure invalid-message
 */
export async function* readRequestBody(request: Request): AsyncGenerator<Uint8Array, void> {
  try {
    yield* request as AsyncIterable<Uint8Array>;
  } catch (err) {
    throw new Failure('invalid-message', 'the sender broke off', { cause: err });
  }
}
