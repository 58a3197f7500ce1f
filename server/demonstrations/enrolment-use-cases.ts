import type { Asked } from '../access/asked.ts';
import { requireDemonstrationAction } from '../access/demonstrations.ts';
import { recordAct } from '../audit/record.ts';
import { type DemonstrationView, Failure } from '../contract/index.ts';
import { announceDemonstration } from './announce.ts';
import { viewOf } from './change.ts';
import { getDemonstration } from './demonstration-access.ts';
import type { DemonstrationParts } from './parts.ts';

/**
 * The caller enrols themselves, for the facility that they act for. Who is enrolled already stays so.
 * @throws Failure conflict / enrolment-full, enrolment-closed
 */
export async function enrol(
  parts: DemonstrationParts,
  asked: Asked,
  demonstrationId: string,
): Promise<DemonstrationView> {
  return changeEnrolment(parts, asked, demonstrationId, 'enrol');
}

/** @throws Failure forbidden where the caller is not enrolled */
export async function withdrawEnrolment(
  parts: DemonstrationParts,
  asked: Asked,
  demonstrationId: string,
): Promise<DemonstrationView> {
  return changeEnrolment(parts, asked, demonstrationId, 'withdraw');
}

async function changeEnrolment(
  parts: DemonstrationParts,
  asked: Asked,
  demonstrationId: string,
  action: 'enrol' | 'withdraw',
): Promise<DemonstrationView> {
  const { accountId, appointmentId, facilityId } = asked.caller;
  const { demonstration, hasChanged } = await parts.work.write(async (stores) => {
    // Locked, so that of two who come at once for the last place one is told that it is taken.
    const options = { at: asked.at, lock: true };
    const found = await getDemonstration(parts, stores, asked.caller, demonstrationId, options);
    if (action === 'enrol' && found.standing.isEnrolled)
      return { demonstration: found.demonstration, hasChanged: false };
    const before = await stores.demonstrations.findEnrolment(demonstrationId, accountId);
    // Attendance is a facility's: enrolling for another one would take it away from the first.
    if (action === 'enrol' && before?.withdrawnAt === null && before.facilityId !== facilityId)
      throw new Failure('conflict', 'enrolled for another facility', { reason: 'state-not-allowed' });
    requireDemonstrationAction(action, found.standing);
    const now = asked.at.toISOString();
    const person = { demonstrationId, accountId, appointmentId, facilityId };
    await stores.demonstrations.putEnrolment(
      action === 'enrol'
        ? { ...person, enrolledAt: now, withdrawnAt: null }
        : { ...person, enrolledAt: before?.enrolledAt ?? now, withdrawnAt: now },
    );
    if (action === 'withdraw') {
      await stores.demonstrations.endPresences({ demonstrationId, accountId }, asked.at);
      await stores.halls.removeVoice(demonstrationId, accountId);
      await stores.asking.closeHandOf(demonstrationId, accountId, asked.at);
    }
    await recordAct(stores.audit, asked, {
      action: `demonstration:${action}`,
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
    });
    return { demonstration: found.demonstration, hasChanged: true };
  });
  if (hasChanged && action === 'withdraw') await parts.hall.remove(demonstrationId, accountId);
  // Their other windows are of somebody who is not enrolled any more, whom the announcement leaves out.
  if (hasChanged && action === 'withdraw')
    parts.notify.toAppointments([{ appointmentId }], 'demonstration:changed', { demonstrationId });
  if (hasChanged) await announceDemonstration(parts, demonstration);
  return viewOf(parts, asked, demonstration);
}
