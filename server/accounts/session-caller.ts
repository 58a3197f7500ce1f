import type { Caller } from '../access/caller.ts';
import { maySignIn } from '../access/may.ts';
import { findLicences } from '../licences/licence.ts';
import type { Stores } from '../store/stores.ts';
import { type Appointment, finishUntil, isInForce, mainOf, rolesInForce } from './appointment.ts';
import { mustSetUpFactor } from './factor-policy.ts';
import type { Account, Session } from './store.ts';

/** Why a session that has not run out opens nothing now. */
export type SessionStop = 'closed' | 'set-up-factor' | 'appointment-ended';

/** Who stands behind a session now, and in which appointment. */
export interface SessionStanding {
  session: Session;
  caller: Caller;
  /** undefined: everything that the appointment may do is open. */
  stop: SessionStop | undefined;
}

export interface StandingParts {
  work: { read: Pick<Stores, 'accounts' | 'calls' | 'facilities' | 'policies' | 'practitioners' | 'secondFactors'> };
  clock: () => Date;
  /** Accounts that this server takes for none. */
  isBarred: (account: Account) => boolean;
}

/** Of sessions that have not run out. Those whose account or appointment is not there any more are left out. */
export async function standingsOf(
  { work: { read }, clock, isBarred }: StandingParts,
  sessions: readonly Session[],
): Promise<SessionStanding[]> {
  const at = clock();
  const accountIds = [...new Set(sessions.map(({ accountId }) => accountId))];
  const accounts = new Map((await read.accounts.findMany(accountIds)).map((one) => [one.accountId, one]));
  const further = await read.accounts.listFurther(accountIds);
  const appointments = [...[...accounts.values()].map(mainOf), ...further];
  const facilities = await read.facilities.findMany([...new Set(appointments.map(({ facilityId }) => facilityId))]);
  const names = new Map(facilities.map(({ facilityId, name }) => [facilityId, name]));
  const licences = await findLicences(read, accountIds, at);
  const calls = await read.calls.findMany(sessions.flatMap(({ callId }) => callId ?? []));
  const standings: SessionStanding[] = [];
  for (const session of sessions) {
    const account = accounts.get(session.accountId);
    const own = appointments.filter(({ accountId }) => accountId === session.accountId);
    const appointment = own.find(({ appointmentId }) => appointmentId === session.appointmentId);
    if (!account || !appointment) continue;
    // Nobody is cut off from a consultation at midnight: who was let into its call before finishes it.
    const call = calls.find(({ callId, endedAt }) => callId === session.callId && endedAt === null);
    const isLeft = !isInForce(appointment, at);
    const onlyCaseId = isLeft && finishUntil(appointment, at) ? call?.consultationId : undefined;
    const stop = async (): Promise<SessionStop | undefined> => {
      if (!maySignIn(account, { isBarred })) return 'closed';
      if (await mustSetUpFactor(read, { ...account, roles: rolesInForce(own, at) }, session)) return 'set-up-factor';
      return isLeft && onlyCaseId === undefined ? 'appointment-ended' : undefined;
    };
    const whole = toCaller(
      account,
      appointment,
      { facilityName: names.get(appointment.facilityId) ?? '', licence: licences(account.accountId) },
      session.sessionId,
    );
    const caller = onlyCaseId === undefined ? whole : { ...whole, onlyCaseId };
    standings.push({ session, caller, stop: await stop() });
  }
  return standings;
}

export function toCaller(
  { accountId, name }: Pick<Account, 'accountId' | 'name'>,
  { appointmentId, role, facilityId, specialty }: Appointment,
  { facilityName, licence }: Pick<Caller, 'facilityName' | 'licence'>,
  sessionId: string,
): Caller {
  return { accountId, name, appointmentId, role, facilityId, facilityName, specialty, licence, sessionId };
}
