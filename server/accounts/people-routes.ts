import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { FindActors } from '../audit/history.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { disablePerson, reactivatePerson } from './disabling.ts';
import type { PeopleParts } from './people.ts';
import { editPerson, invitePerson, listChoices, listPeople, makePersonLink, readPerson } from './people-use-cases.ts';
import { readPersonHistory } from './person-history.ts';
import { resetFactor } from './reset-factor.ts';

type PeopleRoutes =
  | 'people:list'
  | 'people:choices'
  | 'person:invite'
  | 'person:read'
  | 'person:history'
  | 'person:edit'
  | 'person:make-link'
  | 'person:reset-factor'
  | 'person:disable'
  | 'person:reactivate';

export function peopleRoutes(
  parts: PeopleParts & { clock: () => Date; findActors: FindActors },
): Pick<RouteHandlers, PeopleRoutes> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'people:list': (call) => listPeople(parts, asked(call), call.query),
    'people:choices': (call) => listChoices(parts, asked(call)),
    'person:invite': (call) => invitePerson(parts, asked(call), call.body),
    'person:read': (call) => readPerson(parts, asked(call), call.params.accountId),
    'person:history': (call) => readPersonHistory(parts, asked(call), call.params.accountId, call.query),
    'person:edit': (call) => editPerson(parts, asked(call), call.params.accountId, call.body),
    'person:make-link': (call) => makePersonLink(parts, asked(call), call.params.accountId),
    'person:reset-factor': (call) => resetFactor(parts, asked(call), call.params.accountId, call.body.reason),
    'person:disable': (call) => disablePerson(parts, asked(call), call.params.accountId, call.body.reason),
    'person:reactivate': (call) => reactivatePerson(parts, asked(call), call.params.accountId),
  };
}
