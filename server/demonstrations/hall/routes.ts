import type { Asked } from '../../access/asked.ts';
import type { Caller } from '../../access/caller.ts';
import type { RouteHandlers } from '../../http/bind.ts';
import { noteArrangement } from './arrangement-use-case.ts';
import { cutHall, resumeHall } from './cut-use-cases.ts';
import type { HallParts } from './parts.ts';
import { chooseProgram } from './program-use-case.ts';
import { issueHallTicket } from './ticket-use-case.ts';
import { giveBackVoice, giveVoice, takeVoice } from './voice-use-cases.ts';

type HallRoutes =
  | 'demonstration:ticket'
  | 'demonstration:cut'
  | 'demonstration:resume-cut'
  | 'demonstration:program'
  | 'demonstration:give-voice'
  | 'demonstration:take-voice'
  | 'demonstration:give-back-voice'
  | 'demonstration:arrange-inputs';

export function hallRoutes(parts: HallParts): Pick<RouteHandlers, HallRoutes> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'demonstration:ticket': (call) => issueHallTicket(parts, asked(call), call.params.demonstrationId, call.body),
    'demonstration:cut': (call) => cutHall(parts, asked(call), call.params.demonstrationId, call.body),
    'demonstration:resume-cut': (call) => resumeHall(parts, asked(call), call.params.demonstrationId, call.body),
    'demonstration:program': (call) => chooseProgram(parts, asked(call), call.params.demonstrationId, call.body),
    'demonstration:give-voice': (call) => giveVoice(parts, asked(call), call.params, call.body),
    'demonstration:arrange-inputs': (call) =>
      noteArrangement(parts, asked(call), call.params.demonstrationId, call.body),
    'demonstration:take-voice': (call) => takeVoice(parts, asked(call), call.params),
    'demonstration:give-back-voice': (call) => giveBackVoice(parts, asked(call), call.params.demonstrationId),
  };
}
