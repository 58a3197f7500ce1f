import { z } from 'zod';
import {
  AskingDesk,
  AskingOwn,
  AskingView,
  ChatPaceInput,
  LiveChatInput,
  LiveChatLine,
  PollAnswerInput,
  PollInput,
  QuestionInput,
  QuestionMarkInput,
  ReactionInput,
} from './asking.ts';
import { Empty, Id } from './primitives.ts';
import { route } from './route.ts';

const demonstration = z.object({ demonstrationId: Id });
const question = demonstration.extend({ questionId: Id });
const hand = demonstration.extend({ handId: Id });
const poll = demonstration.extend({ pollId: Id });
const PATH = '/api/demonstrations/:demonstrationId';

/** Questions, hands, polls and the conversation of a live demonstration. */
export const askingRoutes = {
  'asking:read': route('GET', `${PATH}/asking`, { params: demonstration, reply: AskingView }),

  'question:ask': route('POST', `${PATH}/questions`, {
    params: demonstration,
    body: QuestionInput,
    reply: AskingOwn,
    status: 201,
  }),
  /** Twice is once. */
  'question:vote': route('PUT', `${PATH}/questions/:questionId/own-vote`, { params: question, reply: AskingOwn }),
  'question:unvote': route('DELETE', `${PATH}/questions/:questionId/own-vote`, { params: question, reply: AskingOwn }),
  'question:mark': route('PUT', `${PATH}/questions/:questionId/state`, {
    params: question,
    body: QuestionMarkInput,
    reply: AskingDesk,
  }),
  /** In the place of the one that was there. */
  'question:show': route('PUT', `${PATH}/questions/:questionId/screen`, { params: question, reply: AskingDesk }),
  'question:clear': route('DELETE', `${PATH}/question-on-screen`, { params: demonstration, reply: AskingDesk }),

  /** Raised already: it keeps its place. */
  'hand:raise': route('POST', `${PATH}/own-hand`, { params: demonstration, reply: AskingOwn }),
  'hand:lower': route('DELETE', `${PATH}/own-hand`, { params: demonstration, reply: AskingOwn }),
  /** The caller, who is next, has checked their microphone. */
  'hand:be-ready': route('POST', `${PATH}/own-hand/readiness`, { params: demonstration, reply: AskingOwn }),
  'hand:offer': route('POST', `${PATH}/hands/:handId/offer`, { params: hand, reply: AskingDesk }),
  'hand:grant': route('POST', `${PATH}/hands/:handId/voice`, { params: hand, reply: AskingDesk }),
  /** Lowered for the person; who speaks has spoken. */
  'hand:close': route('DELETE', `${PATH}/hands/:handId`, { params: hand, reply: AskingDesk }),

  /** In the place of the one before, which is closed. */
  'poll:open': route('POST', `${PATH}/polls`, {
    params: demonstration,
    body: PollInput,
    reply: AskingDesk,
    status: 201,
  }),
  'poll:close': route('POST', `${PATH}/polls/:pollId/closing`, { params: poll, reply: AskingDesk }),
  /** Again: in the place of the answer before. */
  'poll:answer': route('PUT', `${PATH}/polls/:pollId/own-answer`, {
    params: poll,
    body: PollAnswerInput,
    reply: AskingOwn,
  }),

  'live-chat:post': route('POST', `${PATH}/chat`, {
    params: demonstration,
    body: LiveChatInput,
    reply: LiveChatLine,
    status: 201,
  }),
  'live-chat:remove': route('DELETE', `${PATH}/chat/:messageId`, {
    params: demonstration.extend({ messageId: Id }),
    reply: AskingDesk,
  }),
  'live-chat:slow': route('PUT', `${PATH}/chat-pace`, {
    params: demonstration,
    body: ChatPaceInput,
    reply: AskingDesk,
  }),
  'reaction:send': route('POST', `${PATH}/reactions`, { params: demonstration, body: ReactionInput, reply: Empty }),
} as const;
