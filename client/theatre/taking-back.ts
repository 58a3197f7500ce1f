import { isKeptFor } from '../../server/contract/failure-fate.ts';
import { failureOf, send } from '../api/http.ts';
import { type Clock, every } from '../review/clock.ts';
import type { TheatreInputs } from './theatre-inputs.ts';

export interface TakingBackParts {
  demonstrationId: string;
  inputs: Pick<TheatreInputs, 'state'>;
  /** Whether anybody may be watching. */
  isLive(): boolean;
  clock: Clock;
}

const LOOK_MS = 250;
/** By then nothing without the masks as they are now is on its way any more. */
const ARRIVED_MS = 1_000;
/** The server may be away. */
const AGAIN_MS = 2_000;

/**
 * Whoever watches some seconds late has not seen yet what was sent just now. Where a mask has changed, or a picture is taken away, that is
 * taken back from them: at once, and again once nothing of it is on its way. @returns ends it
 */
export function startTakingBack({ demonstrationId, inputs, isLive, clock }: TakingBackParts): () => void {
  let sent = new Map<string, string>();
  /** When each is to be done. */
  let due: number[] = [];
  let earliestAtMs = 0;
  let isAsking = false;
  const address = `/api/demonstrations/${encodeURIComponent(demonstrationId)}/hls`;
  const takeBack = async () => {
    const response = await send(address, { method: 'DELETE', credentials: 'same-origin' });
    if (response.ok) return;
    const failure = await failureOf(response);
    // Whoever may not take it back has no part in it any more. All else passes: it is asked again.
    if (isKeptFor(failure)) throw failure;
  };
  const look = () => {
    const now = sentOf(inputs);
    const nowMs = clock.nowMs();
    const isHidden = [...sent].some(([inputId, zones]) => now.get(inputId) !== zones);
    sent = now;
    if (isHidden && isLive()) due = [nowMs, nowMs + ARRIVED_MS];
    const [dueAtMs = Number.POSITIVE_INFINITY] = due;
    if (isAsking || nowMs < dueAtMs || nowMs < earliestAtMs) return;
    const done = due.filter((atMs) => atMs <= nowMs);
    due = due.filter((atMs) => atMs > nowMs);
    isAsking = true;
    earliestAtMs = nowMs + ARRIVED_MS;
    takeBack()
      .catch(() => {
        due = [...done, ...due];
        earliestAtMs = clock.nowMs() + AGAIN_MS;
      })
      .finally(() => {
        isAsking = false;
      });
  };
  const stop = every(clock, LOOK_MS, look);
  return () => {
    stop();
    // Whoever leaves in between leaves nothing undone.
    if (due.length > 0) takeBack().catch(() => undefined);
  };
}

/** The masks of each picture that is sent. One that is black for a moment hides nothing that was seen before. */
function sentOf({ state }: TakingBackParts['inputs']): Map<string, string> {
  const sent = state.inputs.filter(({ isOn, picture }) => isOn && picture !== 'reshaped');
  return new Map(sent.map(({ inputId, zones }) => [inputId, JSON.stringify(zones)]));
}
