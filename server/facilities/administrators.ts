import type { Appointment } from '../accounts/appointment.ts';
import type { Stores } from '../store/stores.ts';
import { upwardsFrom } from './tree.ts';

/**
 * In which appointments these facilities are answered for: of each its own administrators, else those of the nearest facility above that
 * has some, else the platform's.
 */
export async function listAdministratorsOf(
  { accounts, facilities }: Pick<Stores, 'accounts' | 'facilities'>,
  facilityIds: readonly string[],
  at: Date,
): Promise<Appointment[]> {
  const nodes = await facilities.listNodes();
  const found = new Map<string, Appointment>();
  for (const side of facilityIds) {
    let people = await accounts.listAppointedAnywhere('admin', at);
    for (const facilityId of upwardsFrom(nodes, side)) {
      const own = await accounts.listAppointed(facilityId, ['facility-admin'], at);
      if (own.length === 0) continue;
      people = own;
      break;
    }
    for (const one of people) found.set(one.appointmentId, one);
  }
  return [...found.values()];
}
