import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { Failure, type OwnSessionView, type SignInEventView } from '../contract/index.ts';
import type { PeopleParts } from './people.ts';

/** More than anybody reads; what is older is the auditor's. */
const MOST_SIGN_INS = 50;
const KINDS: Record<string, SignInEventView['kind']> = {
  'session:open': 'signed-in',
  'session:open-by-passkey': 'passkey',
  'token:mint': 'token',
  'session:refuse': 'refused',
  'session:refuse-passkey': 'passkey-refused',
  'account:lock': 'locked',
  'second-factor:refuse': 'factor-refused',
  'second-factor:lock': 'locked',
  'password:set': 'link-used',
};

/** The caller's sessions that are still good, the last used first. @param isOpen whether one has not run out. */
export async function listOwnSessions(
  { work }: Pick<PeopleParts, 'work'>,
  { caller }: Asked,
  isOpen: (sessionId: string) => Promise<boolean>,
): Promise<OwnSessionView[]> {
  const views: OwnSessionView[] = [];
  const appointments = await work.read.accounts.listAppointments([caller.accountId]);
  const facilities = await work.read.facilities.findMany([
    ...new Set(appointments.map(({ facilityId }) => facilityId)),
  ]);
  for (const session of await work.read.accounts.listSessions(caller.accountId)) {
    if (!(await isOpen(session.sessionId))) continue;
    const { sessionId, appointmentId, kind, browser, addressRange, openedAt, usedAt } = session;
    const place = appointments.find((one) => one.appointmentId === appointmentId) ?? appointments[0];
    if (!place) continue;
    const facilityName = facilities.find(({ facilityId }) => facilityId === place.facilityId)?.name ?? '';
    const isThis = sessionId === caller.sessionId;
    const { role } = place;
    views.push({ sessionId, kind, browser, addressRange, facilityName, role, openedAt, usedAt, isThis });
  }
  return views;
}

/** @throws Failure not-found where it is none of the caller's own */
export async function endOwnSession(
  { work, tellEnded }: Pick<PeopleParts, 'work' | 'tellEnded'>,
  asked: Asked,
  sessionId: string,
): Promise<void> {
  await work.write(async (stores) => {
    const [session] = await stores.accounts.findSessions([sessionId]);
    if (session?.accountId !== asked.caller.accountId) throw new Failure('not-found', 'no such session');
    await stores.accounts.deleteSession(sessionId);
    await recordAct(stores.audit, asked, { action: 'session:end', subjectKind: 'session', subjectId: sessionId });
  });
  tellEnded([sessionId], 'signed-out');
}

export async function endOtherSessions(
  { work, tellEnded }: Pick<PeopleParts, 'work' | 'tellEnded'>,
  asked: Asked,
): Promise<void> {
  const { accountId, sessionId } = asked.caller;
  const ended = await work.write(async (stores) => {
    const sessionIds = await stores.accounts.deleteSessions(accountId, sessionId);
    await recordAct(stores.audit, asked, {
      action: 'session:end-others',
      subjectKind: 'account',
      subjectId: accountId,
      detail: { sessions: sessionIds.length },
    });
    return sessionIds;
  });
  tellEnded(ended, 'signed-out');
}

export async function listOwnSignIns(
  { work }: Pick<PeopleParts, 'work'>,
  { caller }: Asked,
): Promise<SignInEventView[]> {
  const entries = await work.read.audit.listOfAccount(caller.accountId, Object.keys(KINDS), MOST_SIGN_INS);
  const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
  const makers = await work.read.accounts.findMany([
    ...new Set(entries.flatMap(({ detail }) => textOf(detail['madeBy']) ?? [])),
  ]);
  return entries.flatMap(({ at, action, detail }) => {
    const kind = KINDS[action];
    const maker = makers.find(({ accountId }) => accountId === detail['madeBy']);
    const linkBy = kind === 'link-used' ? (maker?.name ?? '') : null;
    return kind ? [{ at, kind, browser: textOf(detail['browser']), linkBy }] : [];
  });
}
