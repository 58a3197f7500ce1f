import { randomUUID } from 'node:crypto';
import type { SfuControl } from '../../sfu/control.ts';
import { type Grant, isActive } from '../access/grant.ts';
import { recordAct } from '../audit/record.ts';
import { type AnnounceParts, announce } from '../cases/announce.ts';
import { type Consultation, met } from '../cases/consultation.ts';
import { findArrow, stepOf } from '../cases/kinds/case-kinds.ts';
import { saveNext } from '../cases/save.ts';
import type { Work } from '../store/stores.ts';
import type { Call } from './call.ts';

/**
 * Whether these people are a meeting of the case: its specialist, and somebody of the requesting side who takes part as a
 * clinician, in the room at the same moment. Coordinators arrange; the specialist's own colleagues are not the other side.
 */
export function isMeeting(
  { requesterFacilityId, specialistId }: Pick<Consultation, 'requesterFacilityId' | 'specialistId'>,
  grants: readonly Grant[],
  present: ReadonlySet<string>,
  at: Date,
): boolean {
  if (specialistId === null || !present.has(specialistId)) return false;
  return grants.some(
    ({ accountId, facilityId, basis, ...rest }) =>
      (basis === 'requester' || basis === 'invitation') &&
      facilityId === requesterFacilityId &&
      accountId !== specialistId &&
      present.has(accountId) &&
      isActive({ accountId, facilityId, basis, ...rest }, at),
  );
}

/**
 * Notes that both sides are in the call now, where that is so and not noted yet.
 * @param present account ids of those in the room at this moment, as the sfu says.
 */
export async function noteMeeting(
  parts: Omit<MeetingParts, 'sfu'>,
  call: Call,
  present: ReadonlySet<string>,
): Promise<void> {
  const { consultationId, callId } = call;
  const at = parts.clock();
  const isNoted = await parts.work.write(async (stores) => {
    const stored = await stores.consultations.findForUpdate(consultationId);
    if (!stored || !findArrow(stored, 'meet')) return false;
    if (!isMeeting(stored, await stores.consultations.listGrants(consultationId), present, at)) return false;
    await saveNext(stores, met(stored, at));
    await recordAct(
      stores.audit,
      { caller: null, requestId: randomUUID(), at },
      {
        action: stepOf(stored, 'meet').recorded,
        subjectKind: 'call',
        subjectId: callId,
        consultationId,
        detail: { present: [...present] },
      },
    );
    return true;
  });
  if (isNoted) await announce(parts, { consultationId });
}

export interface MeetingParts extends AnnounceParts {
  work: Work<
    'accounts' | 'audit' | 'calls' | 'consents' | 'consultations' | 'facilities' | 'notices' | 'practitioners'
  >;
  sfu: Pick<SfuControl, 'listPeopleReached'>;
}

/** Asks the sfu who is in the rooms of cases that have not met yet. @throws Failure unavailable where it does not answer. */
export async function noteMeetings(parts: MeetingParts): Promise<void> {
  const calls = await listUnmet(parts);
  if (calls.length === 0) return;
  const people = (await parts.sfu.listPeopleReached()).filter((one) => !one.away);
  for (const call of calls) {
    const present = people.filter((one) => one.roomId === call.callId).map((one) => one.accountId);
    if (new Set(present).size > 1) await noteMeeting(parts, call, new Set(present));
  }
}

async function listUnmet({ work }: MeetingParts): Promise<Call[]> {
  const calls = await work.read.calls.listAllActive();
  const consultations = await work.read.consultations.findMany(calls.map((one) => one.consultationId));
  const unmet = new Set(consultations.filter((one) => findArrow(one, 'meet')).map((one) => one.consultationId));
  return calls.filter((one) => unmet.has(one.consultationId));
}
