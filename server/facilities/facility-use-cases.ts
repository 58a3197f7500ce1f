import { randomUUID } from 'node:crypto';
import type { AdministratorStanding } from '../access/administered-facilities.ts';
import { requireFacilityAction } from '../access/administration.ts';
import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import { type Changes, changesOf } from '../audit/changes.ts';
import { recordAct } from '../audit/record.ts';
import {
  type FacilityAction,
  type FacilityCreateInput,
  type FacilityDetail,
  type FacilityDraft,
  type FacilityLine,
  type FacilitySaveInput,
  type FacilityView,
  Failure,
} from '../contract/index.ts';
import type { Stores, Work } from '../store/stores.ts';
import {
  closed,
  edited,
  type Facility,
  founded,
  moved,
  reopened,
  requireVersion,
  storedDraft,
  toDraft,
  toFacilityView,
} from './facility.ts';
import { toDetail, toLine } from './facility-view.ts';
import { getAdministered, getFacilityFor, scopeOf } from './scope.ts';
import { requireNoCircle } from './tree.ts';

export interface FacilityParts {
  work: Work<'audit' | 'facilities'>;
}

const SEARCH_LIMIT = 50;

/** All that the caller administers. */
export async function listFacilities({ work }: FacilityParts, { caller }: Asked): Promise<FacilityLine[]> {
  requirePermission(caller, 'facility:manage');
  const { facilities } = work.read;
  // Thousands by their ids would take as long again as reading them.
  if (caller.role === 'admin') return (await facilities.listAll()).map(toLine);
  return (await facilities.findMany([...(await scopeOf(work.read, caller)).keys()])).map(toLine);
}

/** By name, whoever administers them: that a hospital exists is no secret, and agreements are made with others. */
export async function searchFacilities({ work }: FacilityParts, { caller }: Asked, q: string): Promise<FacilityView[]> {
  requirePermission(caller, 'facility:manage');
  return (await work.read.facilities.search(q, SEARCH_LIMIT)).map(toFacilityView);
}

export async function readFacility({ work }: FacilityParts, { caller }: Asked, id: string): Promise<FacilityDetail> {
  const { facility, standing } = await getAdministered(work.read, caller, id);
  return toDetail(work.read, facility, standing);
}

/** Below one that the caller administers; at the top by the platform's administrator alone. @throws Failure not-found, conflict / code-taken */
export async function createFacility(
  { work }: FacilityParts,
  asked: Asked,
  { parentId, ...draft }: FacilityCreateInput,
): Promise<FacilityDetail> {
  requirePermission(asked.caller, 'facility:manage');
  return work.write(async (stores) => {
    const { facility, standing } = await addFacility(stores, asked, { facilityId: randomUUID(), parentId, draft });
    return toDetail(stores, facility, standing);
  });
}

type FacilityStores = Pick<Stores, 'audit' | 'facilities'>;

/** As {@link createFacility}, in a transaction that does more. */
export async function addFacility(
  stores: FacilityStores,
  asked: Asked,
  { facilityId, parentId, draft }: { facilityId: string; parentId: string | null; draft: FacilityDraft },
): Promise<{ facility: Facility; standing: AdministratorStanding }> {
  const { caller, at } = asked;
  let standing: AdministratorStanding = 'platform';
  if (parentId !== null) {
    const found = await getFacilityFor(stores, caller, parentId, 'add-below');
    standing = found.standing === 'platform' ? 'platform' : 'below';
  } else if (caller.role !== 'admin') throw new Failure('not-found', 'no such place in the tree');
  const facility = founded({ facilityId, ...storedDraft(draft), parentId, changedAt: at.toISOString() });
  await requireCodeFree(stores, facility);
  await stores.facilities.insert(facility);
  await recordFacility(stores, asked, 'facility:create', facility, {
    changes: changesOf({}, { ...draft, parentId }),
  });
  return { facility, standing };
}

/** @throws Failure conflict / version-outdated, code-taken */
export async function saveFacility(
  { work }: FacilityParts,
  asked: Asked,
  facilityId: string,
  input: FacilitySaveInput,
): Promise<FacilityDetail> {
  return work.write(async (stores) => detailOf(stores, await editFacility(stores, asked, facilityId, input)));
}

/** As {@link saveFacility}, in a transaction that does more. */
export async function editFacility(
  stores: FacilityStores,
  asked: Asked,
  facilityId: string,
  { version, ...draft }: FacilitySaveInput,
): Promise<Changed> {
  const step = { action: 'edit', version, recorded: 'facility:save' } as const;
  return changeWithin(stores, asked, facilityId, step, async (_, stored) => {
    const next = edited(stored, draft, asked.at);
    await requireCodeFree(stores, next);
    return { next, changes: changesOf(toDraft(stored), draft) };
  });
}

/** Both the place that it leaves and the one that it goes to are administered by the caller. @throws Failure conflict / facility-circular */
export async function moveFacility(
  { work }: FacilityParts,
  asked: Asked,
  facilityId: string,
  input: { version: number; parentId: string | null },
): Promise<FacilityDetail> {
  return work.write(async (stores) => detailOf(stores, await putBelow(stores, asked, facilityId, input)));
}

/** As {@link moveFacility}, in a transaction that does more. */
export async function putBelow(
  stores: FacilityStores,
  asked: Asked,
  facilityId: string,
  { version, parentId }: { version: number; parentId: string | null },
): Promise<Changed> {
  const { caller, at } = asked;
  const step = { action: 'move', version, recorded: 'facility:move' } as const;
  return changeWithin(stores, asked, facilityId, step, async (_, stored) => {
    if (parentId === null && caller.role !== 'admin') throw new Failure('not-found', 'no such place in the tree');
    if (parentId !== null) {
      const { facility, standing, nodes } = await getAdministered(stores, caller, parentId);
      requireNoCircle(nodes, facilityId, parentId);
      requireFacilityAction('add-below', standing, facility.status);
    }
    return { next: moved(stored, parentId, at), changes: changesOf({ parentId: stored.parentId }, { parentId }) };
  });
}

/** It takes no new cases from now on; what is open may be finished. @throws Failure conflict / facility-has-others-below */
export async function closeFacility(
  parts: FacilityParts,
  asked: Asked,
  facilityId: string,
  { version, reason }: { version: number; reason: string },
): Promise<FacilityDetail> {
  requireReason(reason);
  return change(
    parts,
    asked,
    facilityId,
    { action: 'close', version, recorded: 'facility:close' },
    async (stores, stored) => {
      const below = (await stores.facilities.listNodes()).filter(({ parentId }) => parentId === facilityId);
      const open = await stores.facilities.findMany(below.map((one) => one.facilityId));
      if (open.some(({ status }) => status === 'active'))
        throw new Failure('conflict', 'others lie below it', { reason: 'facility-has-others-below' });
      const next = closed(stored, reason, asked.at);
      return { next, changes: changesOf({ status: stored.status }, { status: next.status }), reason };
    },
  );
}

export async function reopenFacility(
  parts: FacilityParts,
  asked: Asked,
  facilityId: string,
  { version }: { version: number },
): Promise<FacilityDetail> {
  return change(
    parts,
    asked,
    facilityId,
    { action: 'reopen', version, recorded: 'facility:reopen' },
    async (_, stored) => {
      const next = reopened(stored, asked.at);
      return { next, changes: changesOf({ status: stored.status }, { status: next.status }) };
    },
  );
}

interface Change {
  next: Facility;
  changes: Changes;
  reason?: string;
}

interface Step {
  action: FacilityAction;
  version: number;
  recorded: string;
}

interface Changed {
  facility: Facility;
  standing: AdministratorStanding;
}

const detailOf = (stores: FacilityStores, { facility, standing }: Changed) => toDetail(stores, facility, standing);

/** One change of one facility: check, write and trace in one transaction. */
async function change(
  { work }: FacilityParts,
  asked: Asked,
  facilityId: string,
  step: Step,
  make: (stores: FacilityStores, stored: Facility) => Promise<Change>,
): Promise<FacilityDetail> {
  return work.write(async (stores) => detailOf(stores, await changeWithin(stores, asked, facilityId, step, make)));
}

async function changeWithin(
  stores: FacilityStores,
  asked: Asked,
  facilityId: string,
  { action, version, recorded }: Step,
  make: (stores: FacilityStores, stored: Facility) => Promise<Change>,
): Promise<Changed> {
  const { facility, standing } = await getFacilityFor(stores, asked.caller, facilityId, action);
  requireVersion(facility, version);
  const { next, changes, reason } = await make(stores, facility);
  await replaceFacility(stores, next);
  await recordFacility(stores, asked, recorded, next, { changes, ...(reason !== undefined && { reason }) });
  return { facility: next, standing };
}

/** @throws Failure conflict / version-outdated */
export async function replaceFacility({ facilities }: Pick<Stores, 'facilities'>, next: Facility): Promise<void> {
  if (!(await facilities.replace(next, next.version - 1)))
    throw new Failure('conflict', 'the facility was changed meanwhile', { reason: 'version-outdated' });
}

export async function recordFacility(
  { audit }: Pick<Stores, 'audit'>,
  asked: Asked,
  action: string,
  { facilityId }: Facility,
  detail: { changes: Changes; reason?: string },
): Promise<void> {
  await recordAct(audit, asked, { action, subjectKind: 'facility', subjectId: facilityId, detail });
}

export function requireReason(reason: string): void {
  if (reason === '')
    throw new Failure('invalid-message', 'a reason is needed', { reason: 'reason-missing', fields: ['reason'] });
}

/** Nobody else has that unified social credit code. */
async function requireCodeFree(
  { facilities }: Pick<Stores, 'facilities'>,
  { facilityId, uscc18 }: Facility,
): Promise<void> {
  const other = uscc18 === null ? undefined : await facilities.findByUscc(uscc18);
  if (other && other.facilityId !== facilityId)
    throw new Failure('conflict', 'another facility has this code', { reason: 'code-taken', fields: ['uscc18'] });
}
