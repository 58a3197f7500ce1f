import { randomBytes } from 'node:crypto';
import type { Caller } from '../access/caller.ts';
import { permissionsOf } from '../access/may.ts';
import type { SessionView } from '../contract/index.ts';
import { isPractising, toLicenceView } from '../licences/licence.ts';
import { findPolicy, findSessionLimits, type SessionLimits } from '../policies/policy.ts';
import type { Work } from '../store/stores.ts';
import { findFactorDue, mustSetUpFactor } from './factor-policy.ts';
import { toPersonView } from './person.ts';
import { sessionEnd } from './sessions.ts';
import type { Account } from './store.ts';

export interface SessionViewParts {
  work: Work<'accounts' | 'policies' | 'practitioners' | 'secondFactors'>;
  clock: () => Date;
  /** Whether the demo network is here, its passwords public. */
  isDemonstration: () => Promise<boolean>;
  /** Whether this person may close the demo network's accounts for good, now. */
  mayEndDemonstration: (account: Account) => Promise<boolean>;
  bounds: SessionLimits;
}

/** What a page needs to know of whoever is signed in. */
export type ViewSession = (caller: Caller) => Promise<SessionView>;

export function createViewSession(parts: SessionViewParts): ViewSession {
  const { work, clock, isDemonstration, mayEndDemonstration, bounds } = parts;
  return async (caller) => {
    const account = await work.read.accounts.find(caller.accountId);
    if (!account) throw new Error('a session without an account');
    const session = await work.read.accounts.getSession(caller.sessionId);
    const limits = await findSessionLimits(work.read, bounds);
    const permissions = permissionsOf(caller);
    if (await mayEndDemonstration(account)) permissions.push('demonstration:end');
    return {
      person: toPersonView(account, caller.facilityName),
      permissions,
      isDemonstration: await isDemonstration(),
      idleTimeoutS: limits.idleMs / 1000,
      expiresAt: sessionEnd(session, limits),
      minPasswordLength: (await findPolicy(work.read, 'passwords')).value.minLength,
      draftKey: await getDraftKey(work, caller.accountId),
      licence: isPractising(account)
        ? toLicenceView(await work.read.practitioners.find(caller.accountId), clock())
        : null,
      secondFactor: {
        mustSetUp: await mustSetUpFactor(work.read, account, session),
        dueDay: await findFactorDue(work.read, account),
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
