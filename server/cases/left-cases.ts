import { isRoleOf, mayPractise } from '../access/may.ts';
import { isInForce } from '../accounts/appointment.ts';
import { recordAct } from '../audit/record.ts';
import { ConsultationState, Failure, type HandOverCause } from '../contract/index.ts';
import { licenceState } from '../licences/licence.ts';
import { chinaDate } from '../patients/china-date.ts';
import type { Stores, Work } from '../store/stores.ts';
import { type AnnounceParts, announce } from './announce.ts';
import { handedOver } from './consultation.ts';
import { admitOnSubmit, endGrants } from './give-grants.ts';
import { caseKinds, findArrow, stepOf } from './kinds/case-kinds.ts';
import { saveNext } from './save.ts';

type Named = 'accounts' | 'audit' | 'calls' | 'consents' | 'consultations' | 'facilities' | 'notices' | 'practitioners';

export interface LeftCaseParts extends AnnounceParts {
  work: Work<Named>;
}

/** States of any kind that somebody may hand a case over in. */
const TAKEN_STATES: ConsultationState[] = ConsultationState.options.filter((state) =>
  Object.values(caseKinds).some(({ acts }) => acts['hand-over'].step?.arrows.some(({ from }) => from === state)),
);

/**
 * Gives the cases of specialists who cannot go on (no valid licence, no appointment at that hospital, a disabled account) back to its
 * duty pool, with all that was written. A case whose call is on waits until that has ended: nobody is put out in the middle of a consultation, and signed is nothing meanwhile.
 * @param only cases of this specialist, or this one case.
 * @returns how many went back.
 */
export async function handOverLeft(
  parts: LeftCaseParts,
  { requestId, at }: { requestId: string; at: Date },
  only: { specialistId?: string; consultationId?: string } = {},
): Promise<number> {
  const { consultations } = parts.work.read;
  const left = (await consultations.listLeft({ day: chinaDate(at), at: at.toISOString() }, TAKEN_STATES)).filter(
    (one) =>
      (only.specialistId ?? one.specialistId) === one.specialistId &&
      (only.consultationId ?? one.consultationId) === one.consultationId,
  );
  let count = 0;
  for (const { consultationId } of left) {
    const done = await parts.work.write((stores) => handOver(stores, { requestId, at }, consultationId));
    if (!done) continue;
    count += 1;
    const { formerAccountIds, told } = done;
    await announce(parts, {
      consultationId,
      formerAccountIds,
      arrives: { except: null },
      ...(told && { happened: { kind: told, by: null } }),
    });
  }
  return count;
}

/** What keeps the specialist from going on with the case; undefined: nothing does. */
async function causeOf(
  stores: Pick<Stores, 'accounts' | 'practitioners'>,
  { specialistId, facilityId }: { specialistId: string; facilityId: string | null },
  at: Date,
): Promise<HandOverCause | undefined> {
  if (!(await stores.accounts.find(specialistId))?.isActive) return 'account';
  const isAppointed = (await stores.accounts.listAppointments([specialistId])).some(
    (one) => one.facilityId === facilityId && isRoleOf('assignment', one.role) && isInForce(one, at),
  );
  if (!isAppointed) return 'appointment';
  return mayPractise(licenceState(await stores.practitioners.find(specialistId), at)) ? undefined : 'licence';
}

/** @returns undefined where it is another one's by now, its call is on, or its specialist can go on again. */
async function handOver(
  stores: Pick<Stores, Named>,
  { requestId, at }: { requestId: string; at: Date },
  consultationId: string,
) {
  const stored = await stores.consultations.findForUpdate(consultationId);
  const arrow = stored && findArrow(stored, 'hand-over');
  if (!arrow || stored.specialistId === null) return undefined;
  const { specialistId, invitedFacilityId: facilityId } = stored;
  const cause = await causeOf(stores, { specialistId, facilityId }, at);
  if (!cause || (await stores.calls.findActive(consultationId))) return undefined;
  const handOver = { fromAccountId: specialistId, byAccountId: null, cause, reason: '', at: at.toISOString() };
  const next = handedOver(stored, handOver, at);
  await saveNext(stores, next);
  const step = stepOf(stored, 'hand-over');
  await admitOnSubmit(stores, next, at);
  const formerAccountIds = await endGrants(stores, stored, step.ends ?? { bases: [] }, at);
  await recordAct(
    stores.audit,
    { caller: null, requestId, at },
    {
      action: step.recorded,
      subjectKind: 'consultation',
      subjectId: consultationId,
      consultationId,
      detail: { from: stored.state, to: next.state, fromAccountId: specialistId, cause },
    },
  );
  return { formerAccountIds, told: arrow.told };
}

/** Does what takes a licence; where it is refused for want of one, the case goes to a colleague first. */
export async function orHandOver<T>(
  parts: LeftCaseParts,
  asked: { requestId: string; at: Date },
  consultationId: string,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (err) {
    if (err instanceof Failure && (err.reason === 'licence-expired' || err.reason === 'licence-upcoming'))
      await handOverLeft(parts, asked, { consultationId });
    throw err;
  }
}
