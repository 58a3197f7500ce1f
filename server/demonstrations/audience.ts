import type { Caller } from '../access/caller.ts';
import { WATCHER_ROLES } from '../access/demonstrations.ts';
import type { AudienceEntry } from '../contract/index.ts';
import type { Alliance } from '../facilities/alliance.ts';
import { upwardsFrom } from '../facilities/tree.ts';
import { chinaDate } from '../patients/china-date.ts';
import type { DemonstrationStores } from './parts.ts';

/**
 * Whether the facility belongs to the alliance on that day: as its hub, as a member, or below one.
 * @param above the facility and those above it, as `upwardsFrom` lists them
 */
function belongsTo({ hubId, members, ...alliance }: Alliance, above: readonly string[], day: string): boolean {
  const isOn = ({ fromDay, toDay }: Pick<Alliance, 'fromDay' | 'toDay'>) =>
    fromDay <= day && (toDay === null || day <= toDay);
  return isOn(alliance) && (hubId === above[0] || members.some((one) => above.includes(one.facilityId) && isOn(one)));
}

/** By which entries of an audience the caller is invited: themselves, their facility or one above it, its alliances. */
export async function entriesOf(
  { facilities }: Pick<DemonstrationStores, 'facilities'>,
  { accountId, facilityId, role }: Pick<Caller, 'accountId' | 'facilityId' | 'role'>,
  at: Date,
): Promise<AudienceEntry[]> {
  if (!(WATCHER_ROLES as readonly string[]).includes(role)) return [];
  const above = upwardsFrom(await facilities.listNodes(), facilityId);
  const day = chinaDate(at);
  const alliances = (await facilities.listAlliances()).filter((one) => belongsTo(one, above, day));
  return [
    { kind: 'person', id: accountId },
    ...above.map((id) => ({ kind: 'facility' as const, id })),
    ...alliances.map(({ allianceId }) => ({ kind: 'alliance' as const, id: allianceId })),
  ];
}

export function isInvited(audience: readonly AudienceEntry[], entries: readonly AudienceEntry[]): boolean {
  return audience.some(({ kind, id }) => entries.some((one) => one.kind === kind && one.id === id));
}
