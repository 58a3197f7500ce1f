import type { Stores } from '../store/stores.ts';
import { upwardsFrom } from './tree.ts';

/**
 * Who answers for these facilities, by account: of each its own administrators, else those of the nearest facility above that has some, else
 * the platform's.
 */
export async function listAdministratorsOf(
  { accounts, facilities }: Pick<Stores, 'accounts' | 'facilities'>,
  facilityIds: readonly string[],
): Promise<string[]> {
  const nodes = await facilities.listNodes();
  const found = new Set<string>();
  for (const side of facilityIds) {
    let people = await accounts.listByRole('admin');
    for (const facilityId of upwardsFrom(nodes, side)) {
      const own = await accounts.listByFacility(facilityId, ['facility-admin']);
      if (own.length === 0) continue;
      people = own;
      break;
    }
    for (const { accountId } of people) found.add(accountId);
  }
  return [...found];
}
