import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { Failure, type RequestInput, type RequestName, type RequestReply } from '../contract/index.ts';
import { createMutex } from '../runtime/mutex.ts';
import { present, stopShowing } from '../showing/lead-use-cases.ts';
import { putMark, stepMark } from '../showing/mark-use-cases.ts';
import { openShowing } from '../showing/open-use-case.ts';
import type { ShowingWindow } from '../showing/parts.ts';
import { losePresenter } from '../showing/presenter-lost.ts';
import type { ShowingService } from '../showing/service.ts';
import type { Limits } from './limits.ts';

type ShowingRequest = Extract<RequestName, `${'showing' | 'field'}:${string}`>;
type ShowingHandlers = {
  [N in ShowingRequest]: (input: RequestInput<N>, requestId: string) => Promise<RequestReply<N>>;
};

/** What one connection asks of what demonstrations show. Only windows that were let in take part. */
export function createShowingHandlers(
  { parts, lead, field }: ShowingService,
  context: {
    ask(requestId: string): Promise<Asked>;
    lastCaller(): Caller;
    window: ShowingWindow;
    limits: Limits;
  },
): ShowingHandlers {
  const { ask, lastCaller, window, limits } = context;
  const { peerId } = window;
  // What one window writes is written in the order in which it was sent.
  const inOrder = createMutex();
  const streaming = (requestId: string): Asked => ({ caller: lastCaller(), requestId, at: parts.clock() });
  const requireIn = (demonstrationId: string): void => {
    if (!window.isIn(demonstrationId)) throw new Failure('not-found', 'it is not open in this window');
  };
  const change = (demonstrationId: string, work: () => Promise<void>): Promise<Record<string, never>> =>
    inOrder(async () => {
      requireIn(demonstrationId);
      await work();
      return {};
    });
  return {
    'showing:open': async (input, requestId) => openShowing(parts, await ask(requestId), window, input, field.list),
    async 'showing:close'({ demonstrationId }) {
      window.leave(demonstrationId);
      await losePresenter(parts, demonstrationId, peerId, { onPurpose: true });
      return {};
    },
    'showing:present': ({ demonstrationId }, requestId) =>
      change(demonstrationId, async () => {
        await present(parts, await ask(requestId), window, demonstrationId);
      }),
    'showing:stop': ({ demonstrationId }, requestId) =>
      change(demonstrationId, async () => {
        await stopShowing(parts, await ask(requestId), demonstrationId);
      }),
    async 'showing:move'({ demonstrationId, viewport }, requestId) {
      if (limits.passes('showing:move') && window.isIn(demonstrationId))
        await lead.move(streaming(requestId), window, demonstrationId, viewport);
      return {};
    },
    async 'showing:point'(input, requestId) {
      requireIn(input.demonstrationId);
      if (limits.passes('showing:point')) await lead.point(streaming(requestId), window, input);
      return {};
    },
    async 'field:draw'(input, requestId) {
      requireIn(input.demonstrationId);
      if (limits.passes('field:draw')) await field.draw(streaming(requestId), window, input);
      return {};
    },
    'field:clear': ({ demonstrationId }, requestId) =>
      change(demonstrationId, async () => field.clear(await ask(requestId), demonstrationId)),
    'showing:mark': (input, requestId) =>
      inOrder(async () => {
        requireIn(input.demonstrationId);
        return putMark(parts, await ask(requestId), input, peerId);
      }),
    'showing:step': (input, requestId) =>
      inOrder(async () => {
        requireIn(input.demonstrationId);
        return stepMark(parts, await ask(requestId), input, peerId);
      }),
  };
}
