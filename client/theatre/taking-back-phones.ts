import { isKeptFor } from '../../server/contract/failure-fate.ts';
import { reportFault, toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { createRetryUntilDone } from '../call/retry-until-done.ts';
import type { Clock } from '../review/clock.ts';
import type { TheatreInputs } from './theatre-inputs.ts';

/**
 * Telephones that were let in before this page was opened anew, and those whose code was still to be read then: asked for until nothing is left to
 * wait for. @returns ends it
 */
export function takeBackPhones({
  demonstrationId,
  inputs,
  name,
  clock,
}: {
  demonstrationId: string;
  inputs: Pick<TheatreInputs, 'addPhone'>;
  name: string;
  clock: Clock;
}): () => void {
  let isDone = false;
  const asking = createRetryUntilDone({
    clock,
    isDone: () => isDone,
    async attempt() {
      const { cameras } = await call('phone-cameras:list', { params: { demonstrationId } });
      if (isDone) return;
      for (const { cameraId, isOpened } of cameras) if (isOpened) inputs.addPhone(cameraId, name);
      isDone = cameras.every(({ isOpened }) => isOpened);
    },
    onFailure(thrown) {
      isDone ||= !isKeptFor(toFailure(thrown));
      reportFault(thrown);
    },
  });
  asking.begin();
  return () => {
    isDone = true;
    asking.wake();
  };
}
