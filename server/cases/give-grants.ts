import { randomUUID } from 'node:crypto';
import { type Grant, isActive } from '../access/grant.ts';
import type { Account } from '../accounts/store.ts';
import type { GrantBasis } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import type { Consultation } from './consultation.ts';
import { rulesOf } from './kinds/case-kinds.ts';
import { holds } from './kinds/guards.ts';

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

/** Lets in whoever a submitted case of this kind admits. Who has such a grant already gets no second one. */
export async function admitOnSubmit(
  stores: Pick<Stores, 'accounts' | 'consultations'>,
  consultation: Consultation,
  at: Date,
): Promise<void> {
  const { consultationId, invitedFacilityId, requesterFacilityId } = consultation;
  if (invitedFacilityId === null) throw new Error('a submitted case has an invited facility');
  const wanted: Grant[] = [];
  for (const { basis, side, roles, when } of rulesOf(consultation).admits) {
    if (!holds(when, consultation)) continue;
    const facilityId = side === 'home' ? requesterFacilityId : invitedFacilityId;
    const people = await stores.accounts.listByFacility(facilityId, [...roles]);
    wanted.push(...people.map((person) => grant(consultationId, person, basis, at)));
  }
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
  stores: Pick<Stores, 'consultations'>,
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
