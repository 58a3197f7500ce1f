import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { type CallParts, silenceCall } from '../call/use-cases.ts';
import { listChat, postChat } from '../chat/use-cases.ts';
import type { RequestInput, RequestName, RequestReply } from '../contract/index.ts';
import { createMutex } from '../database/mutex.ts';
import { deleteAnnotation, putAnnotation } from '../review/annotation-use-cases.ts';
import type { ReviewWindow } from '../review/presence.ts';
import {
  answerAsking,
  askToPresent,
  closeReview,
  movePointer,
  openReview,
  type ReviewParts,
  reportQuality,
} from '../review/use-cases.ts';
import type { Limits } from './limits.ts';

/** What answers each request of the contract: a missing or wrong one does not compile. */
export type RequestHandlers = {
  [N in RequestName]: (input: RequestInput<N>, requestId: string) => Promise<RequestReply<N>>;
};

export type HandlerParts = ReviewParts & CallParts;

/** One connection's handlers. */
export function createHandlers(
  parts: HandlerParts,
  { caller, window, limits }: { caller: Caller; window: ReviewWindow; limits: Limits },
): RequestHandlers {
  const ask = (requestId: string): Asked => ({ caller, requestId, at: parts.clock() });
  const { peerId } = window;
  // What one window writes is written in the order in which it was sent: the last of two strokes must win.
  const inOrder = createMutex();

  return {
    'review:open': (input, requestId) => openReview(parts, ask(requestId), window, input),
    async 'review:close'({ consultationId }) {
      await closeReview(parts, window, consultationId);
      return {};
    },
    'presenter:ask': ({ consultationId }, requestId) => askToPresent(parts, ask(requestId), window, consultationId),
    async 'presenter:answer'(input, requestId) {
      await answerAsking(parts, ask(requestId), window, input);
      return {};
    },
    async 'viewport:move'({ consultationId, viewport }) {
      if (limits.passes('viewport:move') && window.isIn(consultationId))
        await parts.stages.move(consultationId, peerId, viewport);
      return {};
    },
    async 'pointer:move'(input, requestId) {
      if (limits.passes('pointer:move')) movePointer(parts, ask(requestId), window, input);
      return {};
    },
    async 'quality:report'(input) {
      reportQuality(parts, window, input);
      return {};
    },
    'annotation:put': (input, requestId) => inOrder(() => putAnnotation(parts, ask(requestId), input, peerId)),
    'annotation:delete': (input, requestId) => inOrder(() => deleteAnnotation(parts, ask(requestId), input, peerId)),
    'chat:post': (input, requestId) => inOrder(() => postChat(parts, ask(requestId), input, peerId)),
    'chat:since': (input, requestId) => listChat(parts, ask(requestId), input),
    async 'call:silence'({ consultationId }, requestId) {
      await silenceCall(parts, ask(requestId), consultationId);
      return {};
    },
  };
}
