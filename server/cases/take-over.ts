import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { ConsultationState, type FacilityView } from '../contract/index.ts';
import { toFacilityView } from '../facilities/facility.ts';
import type { Stores } from '../store/stores.ts';
import { type Consultation, takenOver } from './consultation.ts';
import { admitOnSubmit } from './give-grants.ts';
import { caseKinds, statesOf } from './kinds/case-kinds.ts';
import { saveNext } from './save.ts';

type TakeOverStores = Pick<Stores, 'accounts' | 'audit' | 'consents' | 'consultations' | 'facilities'>;

/** States in which a case of some kind still goes on. */
const OPEN_STATES: ConsultationState[] = ConsultationState.options.filter((name) =>
  Object.values(caseKinds).some((rules) =>
    statesOf(rules).some(([state, { isClosed }]) => state === name && !isClosed),
  ),
);
const CLOSED_STATES = ConsultationState.options.filter((state) => !OPEN_STATES.includes(state));

/**
 * The cases of a facility go over to the one that it is merged into, in the transaction of the merger. Whoever takes part keeps their part
 * there. Open cases become the other one's in name too, and the people there who attend to such cases are let in; closed ones
 * go on showing the old name.
 * @returns the open cases, to be announced after the commit.
 */
export async function takeOverCases(
  stores: TakeOverStores,
  asked: Asked,
  from: FacilityView,
  to: FacilityView,
): Promise<string[]> {
  const { at } = asked;
  await stores.consultations.moveGrants(from.facilityId, to.facilityId, at);
  for (const one of await stores.consultations.listOfFacility(from.facilityId, CLOSED_STATES))
    await keepNames(stores, one, from, to);
  const open = await stores.consultations.listOfFacility(from.facilityId, OPEN_STATES);
  for (const { consultationId } of open) {
    const stored = await stores.consultations.findForUpdate(consultationId);
    if (!stored) continue;
    const next = takenOver(stored, from.facilityId, to, at);
    await saveNext(stores, next);
    if (next.submittedAt !== null) await admitOnSubmit(stores, next, at);
    await recordAct(stores.audit, asked, {
      action: 'consultation:take-over',
      subjectKind: 'consultation',
      subjectId: consultationId,
      consultationId,
      detail: { fromFacilityId: from.facilityId, toFacilityId: to.facilityId },
    });
  }
  return open.map(({ consultationId }) => consultationId);
}

/** A closed case: its sides are where its people are now, and its names those of then. No change that anybody has to hear of. */
async function keepNames(
  stores: Pick<Stores, 'consultations' | 'facilities'>,
  stored: Consultation,
  from: FacilityView,
  to: FacilityView,
): Promise<void> {
  const { requesterFacilityId, invitedFacilityId, version } = stored;
  const view = async (facilityId: string) => {
    const found = facilityId === from.facilityId ? undefined : await stores.facilities.find(facilityId);
    return found ? toFacilityView(found) : from;
  };
  const parties =
    stored.parties ??
    (invitedFacilityId === null
      ? null
      : { requester: await view(requesterFacilityId), invited: await view(invitedFacilityId) });
  const side = (id: string) => (id === from.facilityId ? to.facilityId : id);
  const next = {
    ...stored,
    parties,
    requesterFacilityId: side(requesterFacilityId),
    invitedFacilityId: invitedFacilityId === null ? null : side(invitedFacilityId),
  };
  await stores.consultations.replace(next, version);
}
