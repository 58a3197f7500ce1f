import type { HallProgram } from '../../server/contract/demonstration-live.ts';
import { isKeptFor } from '../../server/contract/failure-fate.ts';
import { failureOf, send } from '../api/http.ts';
import type { HallClient } from '../hall/hall-client.ts';
import { isSame } from '../hall/program-tracks.ts';
import { type Clock, every } from '../review/clock.ts';
import { type InputState, refOfInput } from './theatre-input.ts';
import type { TheatreInputs } from './theatre-inputs.ts';
import { IMPORTANCE } from './theatre-sending.ts';

export interface PosterSendingParts {
  demonstrationId: string;
  inputs: TheatreInputs;
  client: HallClient;
  /** The account that sends from this window. */
  accountId: string;
  /** What is on air now; null while it is not live. */
  program(): HallProgram | null;
  clock: Clock;
}

const EVERY_MS = 7_000;
const AGAIN_MS = 2_000;
/** By then a picture with the masks as they are now has come out. */
const AFTER_MASKS_MS = 500;
const LOOK_MS = 250;

/**
 * Keeps one small picture of what is on air at the server, for whoever waits for the first picture or whose line carries none that moves.
 * It is taken from what is masked. Where the masks or what is on air have changed it is taken back at once, and another one sent.
 * @returns ends it
 */
export function startPosters({
  demonstrationId,
  inputs,
  client,
  accountId,
  program,
  clock,
}: PosterSendingParts): () => void {
  let dueAtMs = 0;
  let takeBackAtMs = 0;
  let shown = '';
  let isSending = false;
  /** The server may have one of ours; `isOutdated`: and it is not to be shown any more. */
  let isThere = false;
  let isOutdated = false;
  let sending = new AbortController();
  const choose = (): InputState | undefined => {
    const onAir = program();
    if (!onAir || client.state.phase !== 'inside' || client.state.cut.picture) return undefined;
    const sent = inputs.state.inputs.filter(({ isOn, picture }) => isOn && picture === 'masked');
    const ofMain = sent.find((one) => isSame(onAir.main, refOfInput(accountId, one)));
    return ofMain ?? sent.toSorted((a, b) => IMPORTANCE.indexOf(a.source) - IMPORTANCE.indexOf(b.source))[0];
  };
  const path = `/api/demonstrations/${encodeURIComponent(demonstrationId)}/poster`;
  const put = async (input: InputState, signal: AbortSignal) => {
    const { number } = client.state.cut;
    const jpeg = await inputs.takePoster(input.inputId);
    if (!jpeg || signal.aborted) return;
    const { source, label, inputId } = refOfInput(accountId, input);
    const query = new URLSearchParams({ source, inputId, cutNumber: String(number) });
    if (label !== null) query.set('label', label);
    const headers = { 'content-type': 'image/jpeg' };
    isThere = true;
    const options = { method: 'PUT', credentials: 'same-origin', headers, body: jpeg } as const;
    const response = await send(`${path}?${query}`, options, signal);
    if (!response.ok) throw await failureOf(response);
  };
  const takeBack = async () => {
    const response = await send(path, { method: 'DELETE', credentials: 'same-origin' });
    if (!response.ok) {
      const failure = await failureOf(response);
      // Whoever may not take it back has no part in it any more, and it is forgotten by itself. All else passes: it is asked again.
      if (isKeptFor(failure)) throw failure;
    }
    isThere = false;
    isOutdated = false;
  };
  const begin = (asked: Promise<void>) => {
    isSending = true;
    asked
      // The next one comes in a few seconds; whoever watches goes on with what moves.
      .catch(() => undefined)
      .finally(() => {
        isSending = false;
      });
  };
  const look = () => {
    const input = choose();
    const now = input ? JSON.stringify([input.inputId, input.zones, client.state.cut.number]) : '';
    if (now !== shown) {
      shown = now;
      // One from before these masks is not to come after them.
      sending.abort();
      isOutdated = isThere;
      takeBackAtMs = 0;
      dueAtMs = clock.nowMs() + AFTER_MASKS_MS;
    }
    if (isSending) return;
    if (isOutdated && clock.nowMs() >= takeBackAtMs) {
      takeBackAtMs = clock.nowMs() + AGAIN_MS;
      begin(takeBack());
    } else if (input && !isOutdated && clock.nowMs() >= dueAtMs) {
      sending = new AbortController();
      dueAtMs = clock.nowMs() + EVERY_MS;
      begin(put(input, sending.signal));
    }
  };
  const stop = every(clock, LOOK_MS, look);
  return () => {
    stop();
    sending.abort();
    if (isThere) takeBack().catch(() => undefined);
  };
}
