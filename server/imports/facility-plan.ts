import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type AdministratorStanding, administeredFacilities } from '../access/administered-facilities.ts';
import { requireFacilityAction } from '../access/administration.ts';
import type { Caller } from '../access/caller.ts';
import { type FacilityAction, FacilityDraft, type Failure, type ImportFault } from '../contract/index.ts';
import { type Facility, toDraft } from '../facilities/facility.ts';
import { facilityCells } from './facility-cells.ts';
import { callFacility, type KnownFacilities, knownFacilities } from './known-facilities.ts';
import { inTurns, type Plan, type PlanFrame } from './plan.ts';
import { changesIn, checkRule, checkSchema, type FieldFaults, type ReadRow, readRow, toImportRow } from './read-row.ts';
import type { ImportStep } from './store.ts';
import type { TableRow } from './table/table.ts';
import { GRADE_WORDS, LEVEL_WORDS, TIER_WORDS } from './words.ts';

const FIELDS: FieldFaults = {
  name: { column: 'name', reason: 'too-long' },
  shortName: { column: 'shortName', reason: 'too-long' },
  tier: { column: 'tier', reason: 'tier-unknown' },
  region6: { column: 'region6', reason: 'region-wrong' },
  orgCode22: { column: 'orgCode22', reason: 'org-code-wrong' },
  uscc18: { column: 'uscc18', reason: 'uscc-wrong' },
};

/** A row of the file, and the facility that it speaks of. */
interface Entry {
  row: ReadRow;
  facilityId: string;
  existing: Facility | undefined;
  draft: FacilityDraft | undefined;
  /** undefined: the file does not say, or not one that is known. */
  parentId: string | null | undefined;
}

/** What importing a table of facilities would do. `facilities`: all there are. */
export async function planFacilities(
  rows: readonly TableRow[],
  frame: PlanFrame,
  { caller, facilities }: { caller: Caller; facilities: readonly Facility[] },
): Promise<Plan> {
  const existing = new Map(facilities.map((one) => [one.facilityId, one]));
  // A merged one gives its name up, and keeps its codes.
  const named = facilities.map((one) => (one.status === 'merged' ? { ...one, name: '' } : one));
  const known = knownFacilities(named);
  const entries: Entry[] = [];
  await inTurns(rows, (row) => void entries.push(readEntry(readRow(row), known, existing)));
  markDoubles(entries);
  findParents(entries, known, named);
  const ordered = parentsFirst(entries, facilities);
  const scope = new Map(administeredFacilities(caller, facilities));
  const status = new Map(facilities.map((one) => [one.facilityId, one.status]));
  const faulty = new Set<string>();
  await inTurns(ordered, (entry) => {
    requireRights(entry, { caller, scope, status, faulty });
    noteChanges(entry, frame, known, existing);
  });
  return {
    rows: entries.map(({ row, existing: was }) => toImportRow(row, frame.columns, was === undefined)),
    steps: ordered.flatMap(toStep),
  };
}

/** A facility is known by its unified social credit code, else by its institution code, else by its name. */
function readEntry(row: ReadRow, known: KnownFacilities, facilities: ReadonlyMap<string, Facility>): Entry {
  const [uscc18, orgCode22] = [row.text('uscc18') ?? '', row.text('orgCode22') ?? ''];
  const byCode = [...known.byCode(uscc18), ...known.byCode(orgCode22)][0];
  const byName = known.byName(row.text('name') ?? '').filter((id) => {
    const one = facilities.get(id);
    // One that has another code is another facility of the same name.
    return !(one?.uscc18 && uscc18 && one.uscc18 !== uscc18);
  });
  if (byCode === undefined && byName.length > 1) row.fault('name', 'facility-ambiguous');
  const existing = facilities.get(byCode ?? byName[0] ?? '');
  const level = row.value('level', LEVEL_WORDS, 'level-unknown');
  const before = existing && toDraft(existing);
  const typed = {
    name: row.text('name') ?? '',
    shortName: row.text('shortName') ?? before?.shortName ?? '',
    tier: row.value('tier', TIER_WORDS, 'tier-unknown') ?? '',
    region6: row.text('region6') ?? '',
    orgCode22: row.text('orgCode22') ?? before?.orgCode22 ?? '',
    uscc18: row.text('uscc18') ?? before?.uscc18 ?? '',
    level: level === undefined ? (before?.level ?? null) : level === null ? null : Number(level),
    grade:
      row.value('grade', GRADE_WORDS, 'grade-unknown') ??
      (row.text('grade') === undefined ? (before?.grade ?? null) : null),
    departments: before?.departments ?? [],
  };
  const draft = checkSchema(row, FacilityDraft, typed, FIELDS);
  return { row, facilityId: existing?.facilityId ?? randomUUID(), existing, draft, parentId: undefined };
}

/** The second row of one facility is at fault, and names the first. */
function markDoubles(entries: readonly Entry[]): void {
  const firsts = new Map<string, number>();
  for (const { row, existing, draft } of entries) {
    const codes = [draft?.uscc18, draft?.orgCode22].filter((code) => code !== undefined && code !== '');
    const keys = existing ? [existing.facilityId, ...codes] : codes.length > 0 ? codes : [`name ${row.text('name')}`];
    const first = keys.map((key) => firsts.get(String(key))).find((line) => line !== undefined);
    if (first !== undefined) row.fault(null, 'duplicate-row', first);
    for (const key of keys) if (!firsts.has(String(key))) firsts.set(String(key), row.line);
  }
}

/** Facilities that are there and those of the file alike may stand above others. */
function findParents(entries: readonly Entry[], known: KnownFacilities, facilities: readonly Facility[]): void {
  const all = knownFacilities(facilities);
  const stored = new Map(facilities.map((one) => [one.facilityId, one]));
  for (const { row, facilityId, draft, existing } of entries)
    if (draft && (existing || !row.faults.some(({ reason }) => reason === 'duplicate-row')))
      all.add({ facilityId, name: draft.name, uscc18: draft.uscc18 || null, orgCode22: draft.orgCode22 || null });
  for (const entry of entries) {
    const text = entry.row.text('parent');
    if (text === undefined) continue;
    // A table of ours calls two of one name by their codes; what is called as the present one is, is that.
    const stays = entry.existing?.parentId ?? null;
    const present = stored.get(stays ?? '');
    const found = all.find(text);
    if (text === '') entry.parentId = null;
    else if (present && callFacility(known, present) === text) entry.parentId = stays;
    else if (found.length === 0) entry.row.fault('parent', 'facility-unknown');
    else if (found.length > 1) entry.row.fault('parent', 'facility-ambiguous');
    else entry.parentId = found[0] ?? null;
  }
}

/** In the order in which they can be made: none before the one above it. Who would lie below themselves is at fault. */
function parentsFirst(entries: readonly Entry[], facilities: readonly Facility[]): Entry[] {
  const byId = new Map(entries.map((entry) => [entry.facilityId, entry]));
  const stored = new Map(facilities.map((one) => [one.facilityId, one.parentId]));
  const above = (id: string) => {
    const said = byId.get(id)?.parentId;
    return said === undefined ? (stored.get(id) ?? null) : said;
  };
  const depths = new Map<string, number>();
  for (const { facilityId } of entries) {
    const way: string[] = [];
    let at: string | null = facilityId;
    while (at !== null && !depths.has(at) && !way.includes(at)) {
      way.push(at);
      at = above(at);
    }
    const circle = at !== null && way.includes(at) ? way.slice(way.indexOf(at)) : [];
    for (const id of circle) byId.get(id)?.row.fault('parent', 'circular');
    const from: number = at === null || circle.length > 0 ? 0 : (depths.get(at) ?? 0);
    for (const [index, id] of way.toReversed().entries()) depths.set(id, from + index + 1);
  }
  return entries.toSorted((a, b) => (depths.get(a.facilityId) ?? 0) - (depths.get(b.facilityId) ?? 0));
}

interface Rights {
  caller: Caller;
  /** How the caller stands to each facility, those of the file too once they were looked at. */
  scope: Map<string, AdministratorStanding>;
  status: Map<string, Facility['status']>;
  /** New ones that will not be there. */
  faulty: Set<string>;
}

const REFUSED: Partial<Record<Failure['code'], ImportFault>> = { 'not-found': 'outside-remit', forbidden: 'not-yours' };
const reasonOf = ({ code }: Failure): ImportFault => REFUSED[code] ?? 'facility-not-active';

/** The rules of the page, asked for what the row would do. */
function requireRights(entry: Entry, { caller, scope, status, faulty }: Rights): void {
  const { row, existing, draft, facilityId, parentId } = entry;
  const may = (action: FacilityAction, id: string, column: 'parent' | null) =>
    checkRule(row, column, reasonOf, () => requireFacilityAction(action, scope.get(id), status.get(id) ?? 'active'));
  const isMoved = existing !== undefined && parentId !== undefined && parentId !== existing.parentId;
  if (existing && !scope.has(facilityId)) row.fault(null, 'outside-remit');
  else if (existing) {
    if (draft && isDifferent(existing, draft)) may('edit', facilityId, null);
    if (isMoved) may('move', facilityId, 'parent');
  }
  if (!existing || isMoved) {
    const target = parentId ?? null;
    if (target === null && caller.role !== 'admin') row.fault('parent', 'outside-remit');
    else if (target !== null && faulty.has(target)) row.fault('parent', 'parent-faulty');
    else if (target !== null) may('add-below', target, 'parent');
  }
  if (existing) return;
  if (row.faults.length > 0) faulty.add(facilityId);
  else scope.set(facilityId, caller.role === 'admin' ? 'platform' : 'below');
}

function isDifferent(existing: Facility, draft: FacilityDraft): boolean {
  return !isDeepStrictEqual(toDraft(existing), draft);
}

function noteChanges(
  { row, existing, draft, parentId }: Entry,
  { language }: PlanFrame,
  known: KnownFacilities,
  facilities: ReadonlyMap<string, Facility>,
): void {
  if (!existing || !draft) return;
  row.changes = changesIn(row, facilityCells(toDraft(existing), language), facilityCells(draft, language));
  if (parentId === undefined || parentId === existing.parentId) return;
  const before = facilities.get(existing.parentId ?? '');
  row.changes.push({ column: 'parent', before: before ? callFacility(known, before) : '' });
}

function toStep({ row, existing, draft, facilityId, parentId }: Entry): ImportStep[] {
  if (row.faults.length > 0 || !draft) return [];
  const { line } = row;
  if (!existing) return [{ line, act: 'add-facility', facilityId, parentId: parentId ?? null, draft }];
  if (row.changes.length === 0) return [];
  return [
    {
      line,
      act: 'change-facility',
      facilityId,
      version: existing.version,
      draft: isDifferent(existing, draft) ? draft : null,
      ...(parentId !== undefined && parentId !== existing.parentId && { parentId }),
    },
  ];
}
