import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { requirePermission } from '../access/may.ts';
import { type Changes, changesOf } from '../audit/changes.ts';
import { recordAct } from '../audit/record.ts';
import {
  type AllianceCreateInput,
  type AllianceDetail,
  type AllianceDraft,
  type AllianceLine,
  type AllianceSaveInput,
  Failure,
} from '../contract/index.ts';
import type { Stores, Work } from '../store/stores.ts';
import { type Alliance, facilityIdsOf, requireConsistent } from './alliance.ts';
import { requireVersion, toFacilityView } from './facility.ts';
import { type Scope, scopeOf } from './scope.ts';

export interface AllianceParts {
  work: Work<'audit' | 'facilities'>;
}

/** Alliances of which the caller administers the hub or a member. */
export async function listAlliances({ work }: AllianceParts, { caller }: Asked): Promise<AllianceLine[]> {
  requirePermission(caller, 'facility:manage');
  const scope = await scopeOf(work.read, caller);
  const alliances = (await work.read.facilities.listAlliances()).filter((one) => isSeen(one, scope));
  const hubs = await work.read.facilities.findMany([...new Set(alliances.map(({ hubId }) => hubId))]);
  const named = new Map(hubs.map((hub) => [hub.facilityId, toFacilityView(hub)]));
  return alliances.flatMap(({ allianceId, name, kind, hubId, fromDay, toDay, members }) => {
    const hub = named.get(hubId);
    return hub ? [{ allianceId, name, kind, hub, memberCount: members.length, fromDay, toDay }] : [];
  });
}

const isSeen = (alliance: Alliance, scope: Scope): boolean => facilityIdsOf(alliance).some((id) => scope.has(id));

/** @throws Failure not-found to whoever administers none of it */
export async function getAlliance(
  stores: Pick<Stores, 'facilities'>,
  caller: Caller,
  allianceId: string,
): Promise<{ alliance: Alliance; scope: Scope }> {
  const scope = await scopeOf(stores, caller);
  const alliance = await stores.facilities.findAlliance(allianceId);
  if (!alliance || !isSeen(alliance, scope)) throw new Failure('not-found', 'no such alliance');
  return { alliance, scope };
}

export async function readAlliance({ work }: AllianceParts, { caller }: Asked, id: string): Promise<AllianceDetail> {
  const { alliance, scope } = await getAlliance(work.read, caller, id);
  return toDetail(work.read, alliance, scope);
}

/** @throws Failure not-found where the hub is not the caller's to administer */
export async function createAlliance(
  { work }: AllianceParts,
  asked: Asked,
  { hubId, name, kind, fromDay }: AllianceCreateInput,
): Promise<AllianceDetail> {
  const { caller, at } = asked;
  requirePermission(caller, 'facility:manage');
  return work.write(async (stores) => {
    const scope = await scopeOf(stores, caller);
    const hub = scope.has(hubId) ? await stores.facilities.find(hubId) : undefined;
    if (!hub) throw new Failure('not-found', 'no such facility');
    if (hub.status !== 'active') throw new Failure('conflict', 'the hub is closed', { reason: 'facility-closed' });
    const draft = { name, kind, fromDay, toDay: null, members: [], referrals: [] };
    const alliance = { allianceId: randomUUID(), hubId, ...draft, version: 1, changedAt: at.toISOString() };
    await stores.facilities.insertAlliance(alliance);
    await record(stores, asked, 'alliance:create', alliance, changesOf({}, { hubId, name, kind, fromDay }));
    return toDetail(stores, alliance, scope);
  });
}

/** By the hub's administrators. @throws Failure forbidden to those of members, not-found where a new member does not exist */
export async function saveAlliance(
  { work }: AllianceParts,
  asked: Asked,
  allianceId: string,
  { version, ...draft }: AllianceSaveInput,
): Promise<AllianceDetail> {
  return work.write(async (stores) => {
    const { alliance, scope } = await getAlliance(stores, asked.caller, allianceId);
    if (!scope.has(alliance.hubId)) throw new Failure('forbidden', 'the hub keeps the alliance');
    requireVersion(alliance, version);
    requireConsistent(alliance.hubId, draft);
    await requireMembersExist(stores, draft);
    const next = { ...alliance, ...draft, version: version + 1, changedAt: asked.at.toISOString() };
    if (!(await stores.facilities.replaceAlliance(next, version)))
      throw new Failure('conflict', 'the alliance was changed meanwhile', { reason: 'version-outdated' });
    await record(stores, asked, 'alliance:save', next, changesOf(toDraft(alliance), draft));
    return toDetail(stores, next, scope);
  });
}

async function requireMembersExist(
  { facilities }: Pick<Stores, 'facilities'>,
  { members }: AllianceDraft,
): Promise<void> {
  const found = await facilities.findMany(members.map(({ facilityId }) => facilityId));
  if (found.length < members.length) throw new Failure('not-found', 'no such facility', { fields: ['members'] });
}

function toDraft({ name, kind, fromDay, toDay, members, referrals }: Alliance): AllianceDraft {
  return { name, kind, fromDay, toDay, members, referrals };
}

async function toDetail(
  { facilities }: Pick<Stores, 'facilities'>,
  alliance: Alliance,
  scope: Scope,
): Promise<AllianceDetail> {
  const { allianceId, hubId, version, changedAt } = alliance;
  const named = (await facilities.findMany(facilityIdsOf(alliance))).map(toFacilityView);
  const hub = named.find(({ facilityId }) => facilityId === hubId);
  if (!hub) throw new Error(`no facility ${hubId}`);
  const actions = scope.has(hubId) ? (['edit'] as const) : [];
  return { allianceId, hub, draft: toDraft(alliance), facilities: named, version, changedAt, actions: [...actions] };
}

async function record(
  { audit }: Pick<Stores, 'audit'>,
  asked: Asked,
  action: string,
  { allianceId }: Alliance,
  changes: Changes,
): Promise<void> {
  await recordAct(audit, asked, { action, subjectKind: 'alliance', subjectId: allianceId, detail: { changes } });
}
