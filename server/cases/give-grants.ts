import { randomUUID } from 'node:crypto';
import type { Account } from '../accounts/store.ts';
import type { Stores } from '../store/stores.ts';
import type { Consultation } from './consultation.ts';
import { type Grant, type GrantBasis, isActive } from './grant.ts';

type Person = Pick<Account, 'accountId' | 'facilityId'>;

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
 * Lets in whoever has to do with a submitted case: the invited facility's specialists as long as nobody has accepted, and
 * both facilities' coordinators. Who has such a grant already gets no second one.
 */
export async function admitOnSubmit(stores: Stores, consultation: Consultation, at: Date): Promise<void> {
  const { consultationId, invitedFacilityId, requesterFacilityId, specialistId } = consultation;
  if (invitedFacilityId === null) throw new Error('a submitted case has an invited facility');
  const pool = specialistId === null ? await stores.accounts.listByFacility(invitedFacilityId, ['specialist']) : [];
  const coordinators = [
    ...(await stores.accounts.listByFacility(requesterFacilityId, ['coordinator'])),
    ...(await stores.accounts.listByFacility(invitedFacilityId, ['coordinator'])),
  ];
  const wanted = [
    ...pool.map((person) => grant(consultationId, person, 'duty-pool', at)),
    ...coordinators.map((person) => grant(consultationId, person, 'coordination', at)),
  ];
  const held = (await stores.consultations.listGrants(consultationId)).filter((one) => isActive(one, at));
  const isHeld = (one: Grant) => held.some((have) => have.accountId === one.accountId && have.basis === one.basis);
  await stores.consultations.insertGrants(wanted.filter((one) => !isHeld(one)));
}

/**
 * Ends the active grants of these kinds.
 * @param keep an account whose grants stay.
 * @returns the accounts that have no active grant left on the case.
 */
export async function endGrants(
  stores: Stores,
  consultationId: string,
  bases: readonly GrantBasis[],
  at: Date,
  keep?: string,
): Promise<string[]> {
  const active = (await stores.consultations.listGrants(consultationId)).filter((one) => isActive(one, at));
  const ending = active.filter((one) => bases.includes(one.basis) && one.accountId !== keep);
  await stores.consultations.endGrants(
    ending.map((one) => one.grantId),
    { at: at.toISOString(), endedAt: at.toISOString() },
  );
  const staying = new Set(active.filter((one) => !ending.includes(one)).map((one) => one.accountId));
  return [...new Set(ending.map((one) => one.accountId))].filter((accountId) => !staying.has(accountId));
}
