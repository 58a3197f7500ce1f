import type { Asked } from '../access/asked.ts';
import { roleOf } from '../access/caller.ts';
import { isPlatformRole, requireRolesApart } from '../access/platform-roles.ts';
import { Failure, type Role } from '../contract/index.ts';
import { listConfirmers } from '../policies/confirmers.ts';
import type { OfficeStanding } from '../policies/proposal.ts';
import type { Stores } from '../store/stores.ts';
import { listHeld, requireAnotherAdministrator } from './people.ts';

/**
 * Giving or taking one of the platform's three offices takes two people, as soon as there is a second: it goes by a proposal. Before
 * that the first of each is appointed by one alone.
 * @param from the role until now; null: a new account. @throws Failure conflict / second-needed
 */
export async function requireNoSecond(
  stores: Pick<Stores, 'accounts'>,
  { caller }: Asked,
  { accountId, from, to }: { accountId: string; from: Role | null; to: Role },
): Promise<void> {
  if (from === to || ![from, to].some((role) => role !== null && isPlatformRole(role))) return;
  const isDemo = (await stores.accounts.find(caller.accountId))?.isDemo ?? false;
  const proposal = { proposedById: caller.accountId, proposedByRole: roleOf(caller), isDemo, accountId };
  if ((await listConfirmers(stores, proposal)).length > 0)
    throw new Failure('conflict', 'another administrator of the platform has to confirm it', {
      reason: 'second-needed',
      fields: ['role'],
    });
}

/**
 * What two have agreed on: the person has the role from now on, and an account that was disabled is open again where it is an office.
 * @throws Failure conflict / version-outdated where they have another role by now or were disabled, last-administrator
 */
export async function changePlatformRole(
  stores: Pick<Stores, 'accounts'>,
  accountId: string,
  { before, after, at }: { before: OfficeStanding; after: OfficeStanding; at: Date },
): Promise<void> {
  const account = await stores.accounts.find(accountId);
  if (!account) throw new Failure('not-found', 'no such person');
  const { name, title, specialty, facilityId, revision } = account;
  if (account.role !== before.role || account.isActive !== before.isActive) throw outdated();
  if (before.role !== after.role) await requireAnotherAdministrator(stores, account, at);
  const others = (await listHeld(stores, accountId, at)).filter(({ isMain }) => !isMain);
  requireRolesApart([...others.map(({ role }) => role), after.role]);
  const data = { name, title, specialty, facilityId, role: after.role };
  if (!(await stores.accounts.edit(accountId, revision, data))) throw outdated();
  if (after.isActive && !before.isActive)
    await stores.accounts.setActive(accountId, { isActive: true, disabledAt: null, disabledReason: null });
}

const outdated = () => new Failure('conflict', 'the person stands otherwise by now', { reason: 'version-outdated' });
