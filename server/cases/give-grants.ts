import { randomUUID } from 'node:crypto';
import { type Grant, isActive } from '../access/grant.ts';
import type { Appointment } from '../accounts/appointment.ts';
import type { GrantBasis } from '../contract/index.ts';
import { isConsultWithdrawn } from '../patients/consented-scopes.ts';
import type { Stores } from '../store/stores.ts';
import type { Consultation } from './consultation.ts';
import { rulesOf } from './kinds/case-kinds.ts';
import { holds } from './kinds/guards.ts';
import type { Step } from './kinds/kind.ts';

type Person = Pick<Appointment, 'accountId' | 'facilityId'>;

export function grant(consultationId: string, person: Person, basis: GrantBasis, at: Date): Grant {
  const { accountId, facilityId } = person;
  return {
    grantId: randomUUID(),
    consultationId,
    accountId,
    facilityId,
    basis,
    fromAt: at.toISOString(),
    endedAt: null,
    endedBy: null,
    endReason: null,
  };
}

/**
 * Lets in whoever a submitted case of this kind admits; of the invited side nobody once the patient took the consent back. Who has such a
 * grant already gets no second one.
 */
export async function admitOnSubmit(
  stores: Pick<Stores, 'accounts' | 'consents' | 'consultations'>,
  consultation: Consultation,
  at: Date,
): Promise<void> {
  const { consultationId, invitedFacilityId, requesterFacilityId } = consultation;
  if (invitedFacilityId === null) throw new Error('a submitted case has an invited facility');
  const isWithdrawn = isConsultWithdrawn(await stores.consents.list(consultationId));
  const wanted: Grant[] = [];
  for (const { basis, side, roles, when } of rulesOf(consultation).admits) {
    if (!holds(when, consultation) || (side === 'invited' && isWithdrawn)) continue;
    const facilityId = side === 'home' ? requesterFacilityId : invitedFacilityId;
    // Who works at both hospitals does not answer themselves.
    for (const person of await stores.accounts.listAppointed(facilityId, roles, at))
      if (basis !== 'duty-pool' || person.accountId !== consultation.requesterId)
        wanted.push(grant(consultationId, person, basis, at));
  }
  const held = (await stores.consultations.listGrants(consultationId)).filter((one) => isActive(one, at));
  for (const one of wanted) {
    const isHeld = ({ accountId, facilityId, basis }: Grant) =>
      accountId === one.accountId && facilityId === one.facilityId && basis === one.basis;
    if (held.some(isHeld)) continue;
    held.push(one);
    await stores.consultations.insertGrants([one]);
  }
}

/**
 * Ends the active grants that a step of the case ends.
 * @param keep an account whose grants stay.
 * @returns the accounts that have no active grant left on the case.
 */
export async function endGrants(
  stores: Pick<Stores, 'consultations'>,
  { consultationId, requesterFacilityId }: Pick<Consultation, 'consultationId' | 'requesterFacilityId'>,
  { bases, side }: Pick<NonNullable<Step['ends']>, 'bases' | 'side'>,
  at: Date,
  { keep, ...why }: { keep?: string | undefined; endedBy?: string; endReason?: string } = {},
): Promise<string[]> {
  const active = (await stores.consultations.listGrants(consultationId)).filter((one) => isActive(one, at));
  const ending = active.filter(
    (one) =>
      bases.includes(one.basis) &&
      one.accountId !== keep &&
      (side === undefined || one.facilityId !== requesterFacilityId),
  );
  await stores.consultations.endGrants(
    ending.map((one) => one.grantId),
    { at: at.toISOString(), endedAt: at.toISOString(), ...why },
  );
  const staying = new Set(active.filter((one) => !ending.includes(one)).map((one) => one.accountId));
  return [...new Set(ending.map((one) => one.accountId))].filter((accountId) => !staying.has(accountId));
}
