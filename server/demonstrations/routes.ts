import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { demonstrationRoutes as contractRoutes } from '../contract/index.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { readAttendance } from './attendance-use-case.ts';
import { viewOf } from './change.ts';
import { answerCheck } from './checks/use-cases.ts';
import { searchChoices } from './choices-use-case.ts';
import { cancelDemonstration, moveDemonstration, type PlainStep, takeStep } from './course-use-cases.ts';
import { listOwnCredits } from './credits/own-credits.ts';
import { assessDemonstration, correctCredit, creditDemonstration } from './credits/use-cases.ts';
import { getDemonstration } from './demonstration-access.ts';
import { enrol, withdrawEnrolment } from './enrolment-use-cases.ts';
import { beginDemonstration } from './hall/begin-use-case.ts';
import type { HallParts } from './hall/parts.ts';
import { hallRoutes } from './hall/routes.ts';
import { listDemonstrations } from './list-use-case.ts';
import { askForSignOff, createDemonstration, saveDemonstration } from './plan-use-cases.ts';
import { type CheckingParts, checkMaterial, sendBack, signOff } from './sign-off-use-cases.ts';

interface StepCall {
  caller: Caller;
  requestId: string;
  params: { demonstrationId: string };
  body: { version: number };
}

export function demonstrationRoutes(
  parts: HallParts & CheckingParts,
): Pick<RouteHandlers, Exclude<keyof typeof contractRoutes, 'demonstration:withdraw-check'>> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  const step = (action: PlainStep) => (call: StepCall) =>
    takeStep(parts, asked(call), call.params.demonstrationId, { action, version: call.body.version });
  const sign = (as: 'theatre' | 'ethics') => (call: StepCall) =>
    signOff(parts, asked(call), call.params.demonstrationId, { version: call.body.version, as });
  return {
    'demonstrations:list': (call) => listDemonstrations(parts, asked(call), call.query),
    'demonstration-choices:search': (call) => searchChoices(parts, asked(call), call.query),
    'demonstration:create': (call) => createDemonstration(parts, asked(call), call.body),
    async 'demonstration:read'(call) {
      const { caller, at } = asked(call);
      const { demonstration } = await getDemonstration(parts, parts.work.read, caller, call.params.demonstrationId, {
        at,
      });
      return viewOf(parts, asked(call), demonstration);
    },
    'demonstration:save': (call) => saveDemonstration(parts, asked(call), call.params.demonstrationId, call.body),
    'demonstration:ask-sign-off': (call) => askForSignOff(parts, asked(call), call.params.demonstrationId, call.body),
    'demonstration:sign-theatre': sign('theatre'),
    'demonstration:sign-ethics': sign('ethics'),
    'demonstration:send-back': (call) => sendBack(parts, asked(call), call.params.demonstrationId, call.body),
    'demonstration:check-material': (call) => checkMaterial(parts, asked(call), call.params, call.body),
    'demonstration:open-enrolment': step('open-enrolment'),
    'demonstration:close-enrolment': step('close-enrolment'),
    'demonstration:reopen-enrolment': step('reopen-enrolment'),
    'demonstration:move': (call) => moveDemonstration(parts, asked(call), call.params.demonstrationId, call.body),
    'demonstration:begin': (call) => beginDemonstration(parts, asked(call), call.params.demonstrationId, call.body),
    'demonstration:end': step('end'),
    'demonstration:cancel': (call) => cancelDemonstration(parts, asked(call), call.params.demonstrationId, call.body),
    'demonstration:attendance': (call) => readAttendance(parts, asked(call), call.params.demonstrationId),
    'demonstration:assess': (call) => assessDemonstration(parts, asked(call), call.params.demonstrationId, call.body),
    'demonstration:credit': (call) => creditDemonstration(parts, asked(call), call.params.demonstrationId, call.body),
    'demonstration:correct-credit': (call) => correctCredit(parts, asked(call), call.params, call.body),
    'own-credits:list': (call) => listOwnCredits(parts, asked(call)),
    'demonstration:enrol': (call) => enrol(parts, asked(call), call.params.demonstrationId),
    'demonstration:withdraw': (call) => withdrawEnrolment(parts, asked(call), call.params.demonstrationId),
    'demonstration:answer-check': (call) => answerCheck(parts, asked(call), call.params),
    ...hallRoutes(parts),
  };
}
