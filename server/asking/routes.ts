import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { askingRoutes as contractRoutes } from '../contract/index.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { createRateLimit } from '../runtime/rate-limit.ts';
import { beReady, closeHand, grantHand, lowerHand, moderateHand, raiseHand } from './hand-use-cases.ts';
import { getInside } from './inside.ts';
import { postLine, removeLine, slowChat } from './live-chat-use-cases.ts';
import type { AskingParts } from './parts.ts';
import { answerPoll, closePoll, openPoll } from './poll-use-cases.ts';
import { askQuestion, markQuestion, showQuestion, voteFor } from './question-use-cases.ts';
import { readAsking } from './view.ts';

interface Call {
  caller: Caller;
  requestId: string;
}

/** Of one person, all that anybody in the audience can do together: whoever reads down a list and votes is within it. */
const ACTS_PER_PERSON = { burst: 30, perMinute: 60 };
const REACTIONS_PER_PERSON = { burst: 5, perMinute: 60 };

export function askingRoutes(parts: AskingParts): Pick<RouteHandlers, keyof typeof contractRoutes> {
  const asked = ({ caller, requestId }: Call): Asked => ({ caller, requestId, at: parts.clock() });
  const acts = createRateLimit(ACTS_PER_PERSON);
  const reactions = createRateLimit(REACTIONS_PER_PERSON);
  /** @throws Failure rate-limited */
  const limited = (call: Call): Asked => {
    acts.take(call.caller.accountId);
    return asked(call);
  };
  return {
    'asking:read': (call) => readAsking(parts, asked(call), call.params.demonstrationId),

    'question:ask': (call) => askQuestion(parts, limited(call), call.params.demonstrationId, call.body),
    'question:vote': (call) => voteFor(parts, limited(call), call.params, true),
    'question:unvote': (call) => voteFor(parts, limited(call), call.params, false),
    'question:mark': (call) => markQuestion(parts, asked(call), call.params, call.body.state),
    'question:show': (call) => showQuestion(parts, asked(call), call.params.demonstrationId, call.params.questionId),
    'question:clear': (call) => showQuestion(parts, asked(call), call.params.demonstrationId, null),

    'hand:raise': (call) => raiseHand(parts, limited(call), call.params.demonstrationId),
    'hand:lower': (call) => lowerHand(parts, limited(call), call.params.demonstrationId),
    'hand:be-ready': (call) => beReady(parts, limited(call), call.params.demonstrationId),
    'hand:offer': (call) => moderateHand(parts, asked(call), call.params, 'offer'),
    'hand:grant': (call) => grantHand(parts, asked(call), call.params),
    'hand:close': (call) => closeHand(parts, asked(call), call.params),

    'poll:open': (call) => openPoll(parts, asked(call), call.params.demonstrationId, call.body),
    'poll:close': (call) => closePoll(parts, asked(call), call.params),
    'poll:answer': (call) => answerPoll(parts, limited(call), call.params, call.body.option),

    'live-chat:post': (call) => postLine(parts, limited(call), call.params.demonstrationId, call.body),
    'live-chat:remove': (call) => removeLine(parts, asked(call), call.params),
    'live-chat:slow': (call) => slowChat(parts, asked(call), call.params.demonstrationId, call.body.paceS),
    async 'reaction:send'(call) {
      const { demonstrationId } = call.params;
      const { caller, at } = asked(call);
      await getInside(parts, parts.work.read, caller, demonstrationId, 'ask', { at });
      reactions.take(caller.accountId);
      parts.news.reacted(demonstrationId, call.body.kind);
      return {};
    },
  };
}
