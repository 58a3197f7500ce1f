import { isDeepStrictEqual } from 'node:util';
import { type AdministratorStanding, administeredFacilities } from '../access/administered-facilities.ts';
import { requireFacilityAction } from '../access/administration.ts';
import type { Caller } from '../access/caller.ts';
import { Department, FacilityDraft, type TableLanguage } from '../contract/index.ts';
import { type Facility, toDraft } from '../facilities/facility.ts';
import { findNamed, knownFacilities } from './known-facilities.ts';
import { inTurns, type Plan, type PlanFrame } from './plan.ts';
import { changesIn, checkRule, checkSchema, type FieldFaults, type ReadRow, readRow, toImportRow } from './read-row.ts';
import type { TableRow } from './table/table.ts';
import { wordOf, YES_NO_WORDS } from './words.ts';

const FIELDS: FieldFaults = {
  name: { column: 'department', reason: 'too-long' },
  code: { column: 'code', reason: 'specialty-code-unknown' },
  departments: { column: 'department', reason: 'too-long' },
};

/** A department as a row of a table, but for its facility. */
export function departmentCells({ name, code, answers }: Department, language: TableLanguage) {
  return { department: name, code: code ?? '', answers: wordOf(YES_NO_WORDS, answers ? 'yes' : 'no', language) };
}

interface Frame extends PlanFrame {
  scope: ReadonlyMap<string, AdministratorStanding>;
}

/** What becomes of a facility's departments: those that it has stay, whether or not the file names them. */
interface Next {
  facility: Facility;
  departments: Department[];
  line: number;
}

/** What importing a table of departments would do. `facilities`: all there are. */
export async function planDepartments(
  rows: readonly TableRow[],
  frame: PlanFrame,
  { caller, facilities }: { caller: Caller; facilities: readonly Facility[] },
): Promise<Plan> {
  const stored = new Map(facilities.map((one) => [one.facilityId, one]));
  const known = knownFacilities(facilities.filter(({ status }) => status !== 'merged'));
  const scope = administeredFacilities(caller, facilities);
  const next = new Map<string, Next>();
  const firsts = new Map<string, number>();
  const shown: Plan['rows'] = [];
  await inTurns(rows, (one) => {
    const row = readRow(one);
    const facility = stored.get(findNamed(row, 'facility', known, (id) => scope.has(id)) ?? '');
    const isNew = facility ? addTo(row, facility, { ...frame, scope }, { next, firsts }) : true;
    shown.push(toImportRow(row, frame.columns, isNew));
  });
  return { rows: shown, steps: [...next.values()].flatMap(toStep) };
}

/** @returns whether the department is not there yet. */
function addTo(
  row: ReadRow,
  facility: Facility,
  { scope, language }: Frame,
  { next, firsts }: { next: Map<string, Next>; firsts: Map<string, number> },
): boolean {
  const name = row.text('department') ?? '';
  const before = facility.departments.find((one) => one.name === name);
  const key = `${facility.facilityId} ${name}`;
  const first = firsts.get(key);
  if (first !== undefined) row.fault(null, 'duplicate-row', first);
  else firsts.set(key, row.line);
  const code = row.text('code');
  const answers = row.value('answers', YES_NO_WORDS, 'not-a-word');
  const department = checkSchema(
    row,
    Department,
    {
      name,
      code: code === undefined ? (before?.code ?? null) : code || null,
      answers: answers === undefined ? (before?.answers ?? false) : answers === 'yes',
    },
    FIELDS,
  );
  if (!scope.has(facility.facilityId)) row.fault(null, 'outside-remit');
  if (!department) return !before;
  row.changes = before ? changesIn(row, departmentCells(before, language), departmentCells(department, language)) : [];
  if (before && row.changes.length === 0) return false;
  const standing = scope.get(facility.facilityId);
  if (standing)
    checkRule(
      row,
      'facility',
      () => 'facility-not-active',
      () => requireFacilityAction('edit', standing, facility.status),
    );
  if (row.faults.length > 0) return !before;
  const so = next.get(facility.facilityId) ?? { facility, departments: facility.departments, line: row.line };
  const departments = before
    ? so.departments.map((one) => (one.name === name ? department : one))
    : [...so.departments, department];
  // How many a facility may have is for the schema of its form to say.
  if (checkSchema(row, FacilityDraft, { ...toDraft(facility), departments }, FIELDS))
    next.set(facility.facilityId, { ...so, departments });
  return !before;
}

function toStep({ facility, departments, line }: Next): Plan['steps'] {
  if (isDeepStrictEqual(facility.departments, departments)) return [];
  const { facilityId, version } = facility;
  return [{ line, act: 'change-facility', facilityId, version, draft: { ...toDraft(facility), departments } }];
}
