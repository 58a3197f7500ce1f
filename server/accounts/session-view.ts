import { randomBytes } from 'node:crypto';
import type { Caller } from '../access/caller.ts';
import { permissionsOf } from '../access/may.ts';
import type { SessionView } from '../contract/index.ts';
import { isPractising, toLicenceView } from '../licences/licence.ts';
import { findPolicy, findSessionLimits, type SessionLimits } from '../policies/policy.ts';
import type { Work } from '../store/stores.ts';
import { isInForce, rolesInForce } from './appointment.ts';
import { findFactorDue, mustSetUpFactor } from './factor-policy.ts';
import { toAppointmentView, toPersonView } from './person.ts';
import { sessionEnd } from './sessions.ts';
import type { Account } from './store.ts';

export interface SessionViewParts {
  work: Work<'accounts' | 'facilities' | 'policies' | 'practitioners' | 'secondFactors'>;
  clock: () => Date;
  /** Whether the demo network is here, its passwords public. */
  isDemonstration: () => Promise<boolean>;
  /** Whether this person may close the demo network's accounts for good, now. */
  mayEndDemonstration: (caller: Caller, account: Account) => Promise<boolean>;
  bounds: SessionLimits;
}

/** What a page needs to know of whoever is signed in. */
export type ViewSession = (caller: Caller) => Promise<SessionView>;

export function createViewSession(parts: SessionViewParts): ViewSession {
  const { work, clock, isDemonstration, mayEndDemonstration, bounds } = parts;
  return async (caller) => {
    const account = await work.read.accounts.find(caller.accountId);
    if (!account) throw new Error('a session without an account');
    const at = clock();
    const session = await work.read.accounts.getSession(caller.sessionId);
    const limits = await findSessionLimits(work.read, bounds);
    const all = await work.read.accounts.listAppointments([caller.accountId]);
    const current = all.find(({ appointmentId }) => appointmentId === session.appointmentId);
    if (!current) throw new Error('a session without an appointment');
    const facilities = await work.read.facilities.findMany([...new Set(all.map(({ facilityId }) => facilityId))]);
    const names = new Map(facilities.map(({ facilityId, name }) => [facilityId, name]));
    const holder = { ...account, roles: rolesInForce(all, at) };
    const permissions = permissionsOf(caller);
    if (await mayEndDemonstration(caller, account)) permissions.push('demo-network:end');
    return {
      person: toPersonView(account, current, caller.facilityName),
      appointmentId: current.appointmentId,
      appointments: all.filter((one) => isInForce(one, at)).map((one) => toAppointmentView(one, names)),
      appointmentEnded: !isInForce(current, at) && caller.onlyCaseId === undefined,
      permissions,
      isDemonstration: await isDemonstration(),
      idleTimeoutS: limits.idleMs / 1000,
      expiresAt: sessionEnd(session, limits),
      minPasswordLength: (await findPolicy(work.read, 'passwords')).value.minLength,
      draftKey: await getDraftKey(work, caller.accountId),
      licence: isPractising(current)
        ? toLicenceView(await work.read.practitioners.find(caller.accountId), clock())
        : null,
      secondFactor: {
        mustSetUp: await mustSetUpFactor(work.read, holder, session),
        dueDay: await findFactorDue(work.read, holder),
      },
    };
  };
}

/** The account's key for unsaved text, made when it is first asked for. 32 bytes, base64url. */
async function getDraftKey(work: Work<'accounts'>, accountId: string): Promise<string> {
  const known = await work.read.accounts.findDraftKey(accountId);
  if (known !== undefined) return known;
  return work.write(async ({ accounts }) => {
    await accounts.keepDraftKey({ accountId, draftKey: randomBytes(32).toString('base64url') });
    const kept = await accounts.findDraftKey(accountId);
    if (kept === undefined) throw new Error('a draft key was kept and is not there');
    return kept;
  });
}
