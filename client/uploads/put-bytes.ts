import { Failure } from '../../server/contract/failure.ts';
import { fateOf } from '../../server/contract/failure-fate.ts';
import { failureOf, send } from '../api/http.ts';
import { createBackoff } from '../line/backoff.ts';
import { wait } from './wait.ts';

/** About half a minute of a line that is down; after that the person is told, with the picture still on the screen. */
const MAX_TRIES = 5;

/**
 * Sends a small picture whole, under the hash that its address names: sent twice it is kept once.
 * @returns what the server answered @throws Failure where the server will not have it, or could not be reached several times.
 */
export async function putBytes(address: string, blob: Blob): Promise<Response> {
  const backoff = createBackoff({ firstMs: 1_000, longestMs: 30_000 });
  for (let tries = 1; ; tries += 1) {
    let retryAfterS: number | undefined;
    try {
      const headers = { 'content-type': blob.type };
      const response = await send(address, { method: 'PUT', credentials: 'same-origin', headers, body: blob });
      if (response.ok) return response;
      throw await failureOf(response);
    } catch (thrown) {
      if (!(thrown instanceof Failure) || fateOf(thrown) !== 'retry' || tries === MAX_TRIES) throw thrown;
      retryAfterS = thrown.retryAfterS;
    }
    await wait(backoff.nextMs(retryAfterS), new AbortController().signal);
  }
}
