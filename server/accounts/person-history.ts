import type { Asked } from '../access/asked.ts';
import { type FindActors, type HistoryPage, viewHistory } from '../audit/history.ts';
import type { HistoryEntry } from '../contract/index.ts';
import type { PeopleParts } from './people.ts';
import { readPerson } from './people-use-cases.ts';

/** Acts on an account that change the person, or how they come in. Signing in and out, and cases, are no changes. */
const ACTS = [
  'account:invite',
  'account:invite-again',
  'account:reset',
  'account:edit',
  'account:disable',
  'account:reactivate',
  'account:lock',
  'account:unlock',
  'practitioner:save',
  'photo:put',
  'photo:remove',
  'password:set',
  'password:change',
  'signing-key:make',
  'totp:add',
  'totp:remove',
  'recovery-codes:make',
  'recovery-code:use',
  'second-factor:lock',
  'second-factor:reset',
  'security-key:copied',
  'proposal:make',
  'proposal:confirm',
  'proposal:refuse',
  'proposal:withdraw',
];

/**
 * Who changed the person, what, when and why. Of the account itself it tells those alone who administer it; of appointments, those at
 * facilities that the caller administers.
 * @throws Failure as `readPerson`
 */
export async function readPersonHistory(
  parts: PeopleParts & { findActors: FindActors },
  asked: Asked,
  accountId: string,
  page: HistoryPage,
): Promise<HistoryEntry[]> {
  const { isOurs, appointments } = await readPerson(parts, asked, accountId);
  const places = new Map(appointments.map(({ appointmentId, facilityName }) => [appointmentId, facilityName]));
  const of = { accountId: isOurs ? accountId : null, actions: ACTS, appointmentIds: [...places.keys()] };
  return viewHistory(parts, await parts.work.read.audit.listOfPerson(of, page), places);
}
