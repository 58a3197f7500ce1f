import type { Caller } from '../access/caller.ts';
import { isWithin, type Remit, requireAppointing } from '../access/people.ts';
import { isPlatformRole } from '../access/platform-roles.ts';
import { type Appointment, stateOf } from '../accounts/appointment.ts';
import { isMeantBy } from '../accounts/appointment-use-cases.ts';
import type { Account } from '../accounts/store.ts';
import type { ImportFault, Role } from '../contract/index.ts';
import type { Facility } from '../facilities/facility.ts';
import { type AppointmentData, furtherCells, overlaps, type Placing, readPlacing } from './appointment-cells.ts';
import { findNamed, type KnownFacilities } from './known-facilities.ts';
import { LICENCE_COLUMNS } from './licence-cells.ts';
import type { PlanFrame } from './plan.ts';
import { changesIn, checkRule, type ReadRow } from './read-row.ts';
import type { ImportStep } from './store.ts';
import { ROLE_WORDS } from './words.ts';

/** Who imports, and what the people of the file do beside their main appointment, ended ones too. */
export interface AppointingParts {
  caller: Caller;
  remit: Remit;
  at: Date;
  others: ReadonlyMap<string, readonly Appointment[]>;
}

/** Of whom further appointments are spoken. */
export interface Holder {
  login: string;
  account: Account | undefined;
  /** Of the same file. */
  main: { row: ReadRow; name: string; facilityId: string | undefined; placing: Placing } | undefined;
}

interface Context {
  known: KnownFacilities;
  stored: ReadonlyMap<string, Facility>;
  frame: PlanFrame;
  parts: AppointingParts;
}

/** What a row says, as far as it could be read. */
interface Read {
  row: ReadRow;
  facilityId: string;
  role: Role;
  data: AppointmentData;
  /** Undefined: there is none yet. */
  match: Appointment | undefined;
}

/**
 * What the rows of one person beside the main one would do, by the rules of the page. An appointment is known by facility and department; of several in turn it
 * is the one whose time the row's overlaps. None is ended, and none taken up again.
 * @returns which rows speak of one that is not there yet, and the steps.
 */
export function planFurther(
  rows: readonly ReadRow[],
  holder: Holder,
  context: Context,
): { added: Set<ReadRow>; steps: ImportStep[] } {
  const { account } = holder;
  const pool = [...((account && context.parts.others.get(account.accountId)) ?? [])];
  const added = new Set<ReadRow>();
  const steps: ImportStep[] = [];
  const before: { row: ReadRow; facilityId: string; placing: Placing }[] = [];
  if (holder.main?.facilityId !== undefined)
    before.push({ row: holder.main.row, facilityId: holder.main.facilityId, placing: holder.main.placing });
  for (const row of rows) {
    requireHolder(row, holder);
    const read = readFurther(row, pool, context);
    if (!read) {
      added.add(row);
      continue;
    }
    const twin = before.find((one) => one.facilityId === read.facilityId && isSame(one.placing, read.data));
    if (twin) row.fault(null, 'duplicate-row', twin.row.line);
    before.push({ row, facilityId: read.facilityId, placing: read.data });
    if (read.match) pool.splice(pool.indexOf(read.match), 1);
    else added.add(row);
    const step = stepOf(read, holder, context);
    if (step && row.faults.length === 0) steps.push(step);
  }
  return { added, steps };
}

const isSame = (one: Placing, other: Placing) => one.department === other.department && overlaps(one, other);

/** Account and name have to fit, so that nobody is looked up by either; what belongs to the person stands in the main row. */
function requireHolder(row: ReadRow, { account, main }: Holder): void {
  const name = row.text('name') ?? '';
  const isFit = (other: string) => other.normalize('NFC') === name.normalize('NFC');
  if (name === '') row.fault('name', 'missing');
  if ((row.text('login') ?? '') === '') row.fault('login', 'missing');
  else if (main && main.row.faults.length === 0) {
    if (!isFit(main.name)) row.fault('name', 'other-name', main.row.line);
  } else if (main && !account) row.fault(null, 'main-row-faulty', main.row.line);
  else if (!account || !isMeantBy(account, name)) row.fault('login', 'person-unknown');
  for (const column of LICENCE_COLUMNS) {
    const typed = row.text(column) ?? '';
    if (typed !== '' && typed !== main?.row.text(column)) row.fault(column, 'of-main-row');
  }
}

function readFurther(row: ReadRow, pool: readonly Appointment[], { known, parts }: Context): Read | undefined {
  const facilityId = findNamed(row, 'facility', known, (id) => isWithin(parts.remit, id));
  const typedRole = row.value('role', ROLE_WORDS, 'role-unknown');
  if (typedRole === null || typedRole === undefined) row.fault('role', 'missing');
  const said = readPlacing(row, undefined);
  if (facilityId === undefined || !typedRole) return undefined;
  const match = findMatch(row, pool, { facilityId, role: typedRole, said }, parts.at);
  const title = row.text('title') ?? match?.title ?? '';
  const specialty = (row.text('specialty') ?? match?.specialty ?? '') || null;
  for (const [column, text] of [
    ['title', title],
    ['specialty', specialty ?? ''],
  ] as const)
    if (text.length > 64) row.fault(column, 'too-long');
  return {
    row,
    facilityId,
    role: typedRole,
    data: { role: typedRole, title, specialty, ...readPlacing(row, match) },
    match,
  };
}

/** What the file has no column for fits any. Of several that fit, the one that began on that day; else one that is not over, and in that role. */
function findMatch(
  row: ReadRow,
  pool: readonly Appointment[],
  { facilityId, role, said }: { facilityId: string; role: Role; said: Placing },
  at: Date,
): Appointment | undefined {
  const fits = pool.filter(
    (one) =>
      one.facilityId === facilityId &&
      (row.text('department') === undefined || one.department === said.department) &&
      overlaps(one, { fromDay: said.fromDay, toDay: said.toDay }),
  );
  const likeness = (one: Appointment) =>
    Number(row.text('fromDay') !== undefined && one.fromDay === said.fromDay) * 4 +
    Number(stateOf(one, at) !== 'ended') * 2 +
    Number(one.role === role);
  return fits.toSorted((one, other) => likeness(other) - likeness(one))[0];
}

const GIVING: Partial<Record<string, ImportFault>> = {
  'not-found': 'outside-remit',
  'roles-not-apart': 'roles-not-apart',
  'demo-account': 'demo-account',
};

function stepOf(
  { row, facilityId, role, data, match }: Read,
  { login, account, main }: Holder,
  { stored, frame: { language }, parts }: Context,
): ImportStep | undefined {
  const { caller, remit, at } = parts;
  const cells = furtherCells(data, language);
  row.changes = match ? changesIn(row, furtherCells(match, language), cells) : [];
  if (match && row.changes.length === 0 && match.endedAt === null) return undefined;
  // Whoever was put out by an administrator, or whose time is over, is not brought back by an old file.
  if (match && stateOf(match, at) === 'ended') {
    row.fault(null, 'appointment-ended');
    return undefined;
  }
  // An office of the platform takes two people: a table neither gives nor takes one.
  if (isPlatformRole(role)) row.fault('role', 'role-not-given');
  const accountId = account?.accountId ?? '';
  const held = [account, ...(parts.others.get(accountId) ?? [])].flatMap((one) => (one ? [one.role] : []));
  checkRule(
    row,
    isWithin(remit, facilityId) ? (account?.isDemo || accountId === caller.accountId ? null : 'role') : 'facility',
    ({ code, reason }) =>
      GIVING[reason ?? code] ?? (accountId === caller.accountId ? ('not-yours' as const) : ('role-not-given' as const)),
    () => requireAppointing(caller, remit, { role, facilityId }, { accountId, isDemo: account?.isDemo ?? false, held }),
  );
  requirePlace(row, stored.get(facilityId), data, match);
  const name = main && main.row.faults.length === 0 ? main.name : (account?.name ?? '');
  const { line } = row;
  if (match) {
    const appointment = { ...data, revision: match.revision };
    return { line, act: 'change-appointment', appointmentId: match.appointmentId, appointment };
  }
  return { line, act: 'add-appointment', appointment: { ...data, login, name, facilityId } };
}

/** The page offers open facilities alone, and the departments that they have. */
export function requirePlace(
  row: ReadRow,
  facility: Facility | undefined,
  { department }: Placing,
  before: Pick<Appointment, 'department'> | undefined,
): void {
  if (!before && facility?.status !== 'active') row.fault('facility', 'facility-not-active');
  if (department !== null && department !== before?.department)
    if (!facility?.departments.some(({ name }) => name === department)) row.fault('department', 'department-unknown');
}
