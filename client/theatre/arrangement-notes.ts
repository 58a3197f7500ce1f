import type { TheatreArrangement } from '../../server/contract/demonstration-live.ts';
import { isKeptFor } from '../../server/contract/failure-fate.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { type Clock, every } from '../review/clock.ts';
import type { TheatreInputs } from './theatre-inputs.ts';

export interface ArrangementNotesParts {
  demonstrationId: string;
  inputs: TheatreInputs;
  /** Whether anything of it can reach anybody. */
  isOnAir(): boolean;
  clock: Clock;
}

const LOOK_MS = 500;
/** A zone that is being drawn is one change. */
const QUIET_MS = 1_500;
const AGAIN_MS = 5_000;

/** Has what is sent and masked here written into the audit trail: on going on air, and after each change from then on. @returns ends it */
export function noteArrangements({ demonstrationId, inputs, isOnAir, clock }: ArrangementNotesParts): () => void {
  let noted = '';
  let seen = '';
  let dueAtMs = 0;
  let isSending = false;
  const look = () => {
    const now = isOnAir() ? JSON.stringify(arrangementOf(inputs)) : '';
    if (now !== seen) {
      seen = now;
      dueAtMs = clock.nowMs() + QUIET_MS;
    }
    // Another visit to the hall is written down anew.
    if (now === '') noted = '';
    if (now === noted || isSending || clock.nowMs() < dueAtMs) return;
    isSending = true;
    call('demonstration:arrange-inputs', { params: { demonstrationId }, body: arrangementOf(inputs) })
      .then(
        () => {
          noted = now;
        },
        (thrown: unknown) => {
          // The server may be away while the hall goes on: it is told once it is back. Whoever may not tell it does not go on asking.
          if (isKeptFor(toFailure(thrown))) dueAtMs = clock.nowMs() + AGAIN_MS;
          else noted = now;
        },
      )
      .finally(() => {
        isSending = false;
      });
  };
  return every(clock, LOOK_MS, look);
}

const toThousandths = (fraction: number): number => Math.round(fraction * 1000) / 1000;

function arrangementOf(inputs: TheatreInputs): TheatreArrangement {
  return {
    inputs: inputs.state.inputs.map(({ inputId, source, isOn, zones }) => ({
      inputId,
      source,
      isOn,
      zones: zones.map(({ x, y, width, height }) => ({
        x: toThousandths(x),
        y: toThousandths(y),
        width: toThousandths(width),
        height: toThousandths(height),
      })),
    })),
  };
}
