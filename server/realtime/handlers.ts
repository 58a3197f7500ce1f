import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { type CallParts, silenceCall } from '../call/use-cases.ts';
import { type ChatParts, listChat, postChat } from '../chat/use-cases.ts';
import type { RequestInput, RequestName, RequestReply } from '../contract/index.ts';
import { tellOpenCheck } from '../demonstrations/checks/use-cases.ts';
import type { DemonstrationParts } from '../demonstrations/parts.ts';
import { enterDemonstration, leaveDemonstration } from '../demonstrations/presence-use-cases.ts';
import { deleteAnnotation, putAnnotation } from '../review/annotation-use-cases.ts';
import type { ReviewWindow } from '../review/presence.ts';
import { stepAnnotation } from '../review/undo-use-cases.ts';
import {
  answerAsking,
  askToPresent,
  closeReview,
  movePointer,
  openReview,
  type ReviewParts,
  reportQuality,
} from '../review/use-cases.ts';
import { createMutex } from '../runtime/mutex.ts';
import type { ShowingWindow } from '../showing/parts.ts';
import type { ShowingService } from '../showing/service.ts';
import type { DemonstrationWindows } from './demonstration-windows.ts';
import type { Limits } from './limits.ts';
import { createShowingHandlers } from './showing-handlers.ts';

/** What answers each request of the contract: a missing or wrong one does not compile. */
export type RequestHandlers = {
  [N in RequestName]: (input: RequestInput<N>, requestId: string) => Promise<RequestReply<N>>;
};

export type HandlerParts = ReviewParts &
  CallParts &
  ChatParts & {
    demonstrations: DemonstrationParts;
    demonstrationWindows: DemonstrationWindows;
    showing: ShowingService;
  };

/** What of one connection its handlers need. */
export interface HandlerContext {
  /** The person as they are at this moment. @throws Failure unauthenticated where the session has ended */
  getCaller(): Promise<Caller>;
  /** The person as they were within the last second, for what comes thirty times as often. */
  lastCaller(): Caller;
  /** Whether its line still stands: an answer may come after it was lost. */
  isConnected(): boolean;
  window: ReviewWindow;
  showingWindow: ShowingWindow;
  /** Hears of a demonstration's course, or not any more. */
  follow(demonstrationId: string, isFollowing: boolean): void;
  limits: Limits;
}

/** One connection's handlers. */
export function createHandlers(
  parts: HandlerParts,
  { getCaller, lastCaller, isConnected, window, showingWindow, follow, limits }: HandlerContext,
): RequestHandlers {
  const ask = async (requestId: string): Promise<Asked> => ({
    caller: await getCaller(),
    requestId,
    at: parts.clock(),
  });
  const { peerId } = window;
  // What one window writes is written in the order in which it was sent: the last of two strokes must win.
  const inOrder = createMutex();

  return {
    ...createShowingHandlers(parts.showing, { ask, lastCaller, window: showingWindow, limits }),
    'review:open': async (input, requestId) => openReview(parts, await ask(requestId), window, input),
    async 'review:close'({ consultationId }) {
      await closeReview(parts, window, consultationId);
      return {};
    },
    'presenter:ask': async ({ consultationId }, requestId) =>
      askToPresent(parts, await ask(requestId), window, consultationId),
    async 'presenter:answer'(input, requestId) {
      await answerAsking(parts, await ask(requestId), window, input);
      return {};
    },
    async 'viewport:move'({ consultationId, viewport }) {
      if (limits.passes('viewport:move') && window.isIn(consultationId))
        await parts.presenting.move(consultationId, peerId, viewport);
      return {};
    },
    async 'pointer:move'(input, requestId) {
      if (limits.passes('pointer:move'))
        movePointer(parts, { caller: lastCaller(), requestId, at: parts.clock() }, window, input);
      return {};
    },
    async 'quality:report'(input) {
      reportQuality(parts, window, input);
      return {};
    },
    'annotation:put': (input, requestId) =>
      inOrder(async () => putAnnotation(parts, await ask(requestId), input, peerId)),
    'annotation:delete': (input, requestId) =>
      inOrder(async () => deleteAnnotation(parts, await ask(requestId), input, peerId)),
    'annotation:undo': (input, requestId) =>
      inOrder(async () => stepAnnotation(parts, await ask(requestId), input, 'undo', peerId)),
    'annotation:redo': (input, requestId) =>
      inOrder(async () => stepAnnotation(parts, await ask(requestId), input, 'redo', peerId)),
    'chat:post': (input, requestId) => inOrder(async () => postChat(parts, await ask(requestId), input, peerId)),
    'chat:since': async (input, requestId) => listChat(parts, await ask(requestId), input),
    'demonstration:enter': ({ demonstrationId }, requestId) =>
      inOrder(async () => {
        const presence = await enterDemonstration(
          parts.demonstrations,
          await ask(requestId),
          { windowId: peerId },
          demonstrationId,
        );
        follow(demonstrationId, true);
        await tellOpenCheck(parts.demonstrations, lastCaller(), demonstrationId);
        // One that has gone meanwhile is noted by nobody, and ends with the grace.
        if (isConnected()) parts.demonstrationWindows.add(peerId);
        return presence;
      }),
    'demonstration:leave': ({ demonstrationId }) =>
      inOrder(async () => {
        follow(demonstrationId, false);
        showingWindow.leave(demonstrationId);
        await leaveDemonstration(parts.demonstrations, { windowId: peerId }, demonstrationId, parts.clock());
        return {};
      }),
    async 'call:silence'({ consultationId }, requestId) {
      await silenceCall(parts, await ask(requestId), consultationId);
      return {};
    },
  };
}
