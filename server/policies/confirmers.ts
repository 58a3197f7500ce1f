import { PLATFORM_ROLES, type PlatformRole } from '../access/platform-roles.ts';
import type { Stores } from '../store/stores.ts';
import { isSecond, type Proposal } from './proposal.ts';

/** Who could be the second of the two, now: those who can sign in. */
export async function listConfirmers(
  { accounts }: Pick<Stores, 'accounts'>,
  proposal: Pick<Proposal, 'proposedById' | 'proposedByRole' | 'isDemo' | 'accountId'>,
): Promise<string[]> {
  const roles = PLATFORM_ROLES.filter((role: PlatformRole) => role !== proposal.proposedByRole);
  const people = (await Promise.all(roles.map((role) => accounts.listAllByRole(role)))).flat();
  return people
    .filter((one) => one.isActive && one.passwordHash !== null && isSecond(one, proposal))
    .map(({ accountId }) => accountId);
}
