import { randomUUID } from 'node:crypto';
import type { Caller } from '../access/caller.ts';
import { isWithin, type Remit, requireGiving, requirePersonAction } from '../access/people.ts';
import { isPlatformRole } from '../access/platform-roles.ts';
import type { Appointment } from '../accounts/appointment.ts';
import { administered } from '../accounts/people.ts';
import type { Account, AccountData } from '../accounts/store.ts';
import {
  Failure,
  type ImportFault,
  NewPersonInput,
  type PractitionerData,
  type TableLanguage,
} from '../contract/index.ts';
import type { Facility } from '../facilities/facility.ts';
import type { Practitioner } from '../practitioners/practitioner.ts';
import { callFacility, findNamed, type KnownFacilities, knownFacilities } from './known-facilities.ts';
import { licenceCells, readLicence } from './licence-cells.ts';
import { inTurns, type Plan, type PlanFrame } from './plan.ts';
import { changesIn, checkRule, checkSchema, type FieldFaults, type ReadRow, readRow, toImportRow } from './read-row.ts';
import type { ImportStep } from './store.ts';
import type { TableRow } from './table/table.ts';
import { ROLE_WORDS, wordOf } from './words.ts';

const FIELDS: FieldFaults = {
  name: { column: 'name', reason: 'too-long' },
  login: { column: 'login', reason: 'login-wrong' },
  title: { column: 'title', reason: 'too-long' },
  role: { column: 'role', reason: 'role-unknown' },
  specialty: { column: 'specialty', reason: 'too-long' },
};

/** A person as a row of a table. */
export function personCells(
  { name, login, title, role, specialty }: Pick<Account, 'login'> & AccountData,
  facilityText: string,
  language: TableLanguage,
) {
  const roleText = wordOf(ROLE_WORDS, role, language);
  return { name, login, title, role: roleText, facility: facilityText, specialty: specialty ?? '' };
}

export interface PeoplePlanParts {
  caller: Caller;
  remit: Remit;
  /** All there are. */
  facilities: readonly Facility[];
  /** Accounts by the names that the file has, whosever they are. */
  accounts: ReadonlyMap<string, Account>;
  /** What is on file of these accounts, by their ids. */
  practitioners: ReadonlyMap<string, Practitioner>;
  at: Date;
  /** What the people of these accounts do beside their main appointment. */
  others: ReadonlyMap<string, readonly Appointment[]>;
  /** @throws Failure last-administrator where nobody would hold the account's office any more. */
  requireAnotherAdministrator(account: Account): Promise<void>;
}

interface Person {
  row: ReadRow;
  account: Account | undefined;
  input: NewPersonInput | undefined;
  /** On file. */
  stored: Practitioner | undefined;
  /** What it would be; undefined: as it is. */
  licence: PractitionerData | undefined;
}

/** As the page's form reads a name: without space around it, in small letters. */
export const loginOf = (text: string): string => text.trim().toLowerCase();

/** What importing a table of people would do. A person is known by the name of the account. */
export async function planPeople(rows: readonly TableRow[], frame: PlanFrame, parts: PeoplePlanParts): Promise<Plan> {
  const stored = new Map(parts.facilities.map((one) => [one.facilityId, one]));
  const known = knownFacilities(parts.facilities.filter(({ status }) => status !== 'merged'));
  const firsts = new Map<string, number>();
  const plan: Plan = { rows: [], steps: [] };
  await inTurns(rows, async (one) => {
    const row = readRow(one);
    const person = readPerson(row, known, parts);
    const login = loginOf(row.text('login') ?? '');
    const first = firsts.get(login);
    if (first !== undefined) row.fault(null, 'duplicate-row', first);
    else if (login !== '') firsts.set(login, row.line);
    await requireRights(person, stored, parts);
    noteChanges(person, { known, stored, frame });
    plan.rows.push(toImportRow(row, frame.columns, person.account === undefined));
    plan.steps.push(...toSteps(person));
  });
  return plan;
}

function readPerson(row: ReadRow, known: KnownFacilities, parts: PeoplePlanParts): Person {
  const { accounts, practitioners, remit, at } = parts;
  const account = accounts.get(loginOf(row.text('login') ?? ''));
  const facilityId = findNamed(row, 'facility', known, (id) => isWithin(remit, id));
  const typed = {
    name: row.text('name') ?? '',
    login: row.text('login') ?? '',
    title: row.text('title') ?? account?.title ?? '',
    role: row.value('role', ROLE_WORDS, 'role-unknown') ?? '',
    specialty: row.text('specialty') ?? account?.specialty ?? '',
    // Where it is not known the row has said so; what else is wrong is looked at all the same.
    facilityId: facilityId ?? randomUUID(),
  };
  const input = checkSchema(row, NewPersonInput, typed, FIELDS);
  // Of an account elsewhere nothing is told, nor what is on file of it.
  const stored = account && isWithin(remit, account.facilityId) ? practitioners.get(account.accountId) : undefined;
  const read = readLicence(row, stored, at);
  const licence = read && isOtherLicence(stored, read) ? read : undefined;
  return { row, account, input: facilityId === undefined ? undefined : input, stored, licence };
}

const GIVING: Partial<Record<Failure['code'], ImportFault>> = {
  'not-found': 'outside-remit',
  forbidden: 'role-not-given',
};

/** What the page would refuse, somebody else's account first: of one outside the remit nothing is told but that its name is taken. */
async function requireRights(
  { row, account, input, licence }: Person,
  facilities: ReadonlyMap<string, Facility>,
  { caller, remit, others, requireAnotherAdministrator }: PeoplePlanParts,
): Promise<void> {
  if (account && !isWithin(remit, account.facilityId)) {
    row.fault('login', 'login-taken');
    return;
  }
  if (!input || (account && !isDifferent(account, input) && !licence)) return;
  if (account)
    checkRule(
      row,
      null,
      ({ reason }) => (reason === 'demo-account' ? 'demo-account' : 'not-yours'),
      () =>
        requirePersonAction('edit', caller, remit, administered(account, false, others.get(account.accountId) ?? [])),
    );
  // An office of the platform takes two people: a table neither gives nor takes one.
  if (input.role !== account?.role && [input.role, account?.role].some((role) => role && isPlatformRole(role)))
    row.fault('role', 'role-not-given');
  else
    checkRule(
      row,
      isWithin(remit, input.facilityId) ? 'role' : 'facility',
      ({ code }) => GIVING[code] ?? 'not-yours',
      () => requireGiving(caller, remit, input),
    );
  const isMoved = account?.facilityId !== input.facilityId;
  // The page offers open facilities alone.
  if (isMoved && facilities.get(input.facilityId)?.status !== 'active') row.fault('facility', 'facility-not-active');
  if (account && input.role !== account.role)
    await requireAnotherAdministrator(account).catch((err: unknown) => {
      if (!(err instanceof Failure)) throw err;
      row.fault('role', 'last-administrator');
    });
}

function dataOf({ name, title, role, specialty, facilityId }: NewPersonInput): AccountData {
  return { name, title, role, specialty, facilityId };
}

function isDifferent(account: Account, input: NewPersonInput): boolean {
  const data = dataOf(input);
  return (Object.keys(data) as (keyof AccountData)[]).some((field) => data[field] !== account[field]);
}

/** Whether anything of it would change but the specialties, which no column has. */
function isOtherLicence(stored: Practitioner | undefined, read: PractitionerData): boolean {
  return JSON.stringify(licenceCells(stored, 'en')) !== JSON.stringify(licenceCells(read, 'en'));
}

function noteChanges(
  { row, account, input, stored: practitioner, licence }: Person,
  {
    known,
    stored,
    frame: { language },
  }: { known: KnownFacilities; stored: ReadonlyMap<string, Facility>; frame: PlanFrame },
): void {
  if (!account || !input) return;
  const cells = (data: AccountData) => {
    const facility = stored.get(data.facilityId);
    return personCells({ login: account.login, ...data }, facility ? callFacility(known, facility) : '', language);
  };
  const before = licenceCells(practitioner, language);
  const after = licence ? licenceCells(licence, language) : before;
  row.changes = changesIn(row, { ...cells(account), ...before }, { ...cells(dataOf(input)), ...after });
}

function toSteps({ row, account, input, stored, licence }: Person): ImportStep[] {
  if (row.faults.length > 0 || !input) return [];
  const { line } = row;
  const accountId = account?.accountId ?? randomUUID();
  const steps: ImportStep[] = [];
  if (!account) steps.push({ line, act: 'add-person', accountId, person: input });
  else if (isDifferent(account, input))
    steps.push({ line, act: 'change-person', accountId, person: { ...dataOf(input), revision: account.revision } });
  const revision = stored?.revision ?? 0;
  if (licence) steps.push({ line, act: 'save-practitioner', accountId, practitioner: { ...licence, revision } });
  return steps;
}
