import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { ConsultationState, type FacilityView } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import { handedOver } from './consultation.ts';
import { admitOnSubmit } from './give-grants.ts';
import { caseKinds, statesOf } from './kinds/case-kinds.ts';
import { saveNext } from './save.ts';

/** States in which a case of some kind still goes on. */
const OPEN_STATES: ConsultationState[] = ConsultationState.options.filter((name) =>
  Object.values(caseKinds).some((rules) =>
    statesOf(rules).some(([state, { isClosed }]) => state === name && !isClosed),
  ),
);

/**
 * Open cases of a facility go over to the one that it is merged into, in the transaction of the merger. Whoever takes part keeps their
 * part at the new facility; the people there who attend to such cases are let in. Closed cases stay as they are.
 * @returns the cases, to be announced after the commit.
 */
export async function takeOverCases(
  stores: Pick<Stores, 'accounts' | 'audit' | 'consultations'>,
  asked: Asked,
  from: string,
  to: FacilityView,
): Promise<string[]> {
  const { at } = asked;
  await stores.consultations.moveGrants(from, to.facilityId, at);
  const open = await stores.consultations.listOfFacility(from, OPEN_STATES);
  for (const { consultationId } of open) {
    const stored = await stores.consultations.findForUpdate(consultationId);
    // A colleague may have closed it a moment ago.
    if (!stored || !OPEN_STATES.includes(stored.state)) continue;
    const next = handedOver(stored, from, to, at);
    await saveNext(stores, next);
    if (next.submittedAt !== null) await admitOnSubmit(stores, next, at);
    await recordAct(stores.audit, asked, {
      action: 'consultation:take-over',
      subjectKind: 'consultation',
      subjectId: consultationId,
      consultationId,
      detail: { fromFacilityId: from, toFacilityId: to.facilityId },
    });
  }
  return open.map(({ consultationId }) => consultationId);
}
