import { type Actor, actionsOn, type CaseStanding, findBasis, requireAction } from '../access/may.ts';
import type { ConsultationAction, GrantBasis } from '../contract/index.ts';
import { Failure } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import type { Consultation } from './consultation.ts';

/**
 * The case and the ground on which the caller may see it, for the access log.
 * @throws Failure not-found where there is no such case or no grant: a stranger cannot tell which.
 */
export async function getCaseAccess(
  stores: Pick<Stores, 'consultations'>,
  caller: Actor,
  consultationId: string,
  at: Date,
): Promise<{ consultation: Consultation; basis: GrantBasis }> {
  const consultation = await stores.consultations.find(consultationId);
  const grants = await stores.consultations.listGrantsOfAccount(caller.accountId, [consultationId]);
  const basis = findBasis(caller, grants, at);
  if (!consultation || !basis) throw new Failure('not-found', 'no such consultation');
  return { consultation, basis };
}

/**
 * The case, where the caller may do this to it now.
 * @param lock true inside a transaction that goes on to write: the state that was checked is the state that is written.
 * @throws Failure as {@link requireAction}
 */
export async function getCaseFor(
  stores: Pick<Stores, 'calls' | 'consultations'>,
  caller: Actor,
  consultationId: string,
  action: ConsultationAction,
  { at, lock = false }: { at: Date; lock?: boolean },
): Promise<{ consultation: Consultation; basis: GrantBasis }> {
  const standing = await getStanding(stores, caller, consultationId, { at, lock });
  requireAction(action, standing);
  const basis = findBasis(caller, standing.grants, at);
  if (!basis) throw new Failure('not-found', 'no such consultation');
  return { consultation: standing.consultation, basis };
}

/** What the caller may do with the case now. @throws Failure not-found */
export async function listCaseActions(
  stores: Pick<Stores, 'calls' | 'consultations'>,
  caller: Actor,
  consultationId: string,
  at: Date,
): Promise<ConsultationAction[]> {
  return actionsOn(await getStanding(stores, caller, consultationId, { at, lock: false }));
}

async function getStanding(
  stores: Pick<Stores, 'calls' | 'consultations'>,
  actor: Actor,
  consultationId: string,
  { at, lock }: { at: Date; lock: boolean },
): Promise<CaseStanding<Consultation>> {
  const consultation = await (lock
    ? stores.consultations.findForUpdate(consultationId)
    : stores.consultations.find(consultationId));
  if (!consultation) throw new Failure('not-found', 'no such consultation');
  const grants = await stores.consultations.listGrantsOfAccount(actor.accountId, [consultationId]);
  const call = await stores.calls.findActive(consultationId);
  return { actor, consultation, grants, facts: { callActive: call !== undefined }, at };
}
