import { randomUUID } from 'node:crypto';
import { isWithin, requireGiving, requirePersonAction } from '../access/people.ts';
import { isPlatformRole } from '../access/platform-roles.ts';
import { stateOf } from '../accounts/appointment.ts';
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
import { isOtherPlacing, type Placing, placingCells, readPlacing } from './appointment-cells.ts';
import { type AppointingParts, planFurther, requirePlace } from './further-appointments.ts';
import { callFacility, findNamed, type KnownFacilities, knownFacilities } from './known-facilities.ts';
import { licenceCells, readLicence } from './licence-cells.ts';
import { inTurns, type Plan, type PlanFrame } from './plan.ts';
import { changesIn, checkRule, checkSchema, type FieldFaults, type ReadRow, toImportRow } from './read-row.ts';
import { loginOf, rowsOfPeople } from './rows-of-people.ts';
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

export interface PeoplePlanParts extends AppointingParts {
  /** All there are. */
  facilities: readonly Facility[];
  /** Accounts by the names that the file has, whosever they are. */
  accounts: ReadonlyMap<string, Account>;
  /** What is on file of these accounts, by their ids. */
  practitioners: ReadonlyMap<string, Practitioner>;
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
  /** Where and when the main appointment is. */
  placing: Placing;
}

/** What importing a table of people would do. A person is known by the name of the account, and has a row for each appointment. */
export async function planPeople(rows: readonly TableRow[], frame: PlanFrame, parts: PeoplePlanParts): Promise<Plan> {
  const stored = new Map(parts.facilities.map((one) => [one.facilityId, one]));
  const known = knownFacilities(parts.facilities.filter(({ status }) => status !== 'merged'));
  const { read, people } = rowsOfPeople(rows, parts.accounts, known);
  const added = new Set<ReadRow>();
  const steps: Plan['steps'] = [];
  await inTurns(people, async ({ login, main, further }) => {
    const person = main && readPerson(main, known, parts);
    if (person) {
      await requireRights(person, stored, parts);
      noteChanges(person, { known, stored, frame });
      steps.push(...toSteps(person));
      if (!person.account) added.add(person.row);
    }
    const { input, placing } = person ?? {};
    const holder = {
      login,
      account: parts.accounts.get(login),
      main: person && placing && { row: person.row, name: input?.name ?? '', facilityId: input?.facilityId, placing },
    };
    const beside = planFurther(further, holder, { known, stored, frame, parts });
    for (const row of beside.added) added.add(row);
    steps.push(...beside.steps);
  });
  return { rows: read.map((row) => toImportRow(row, frame.columns, added.has(row))), steps };
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
  const placing = readPlacing(row, account);
  return { row, account, input: facilityId === undefined ? undefined : input, stored, licence, placing };
}

const GIVING: Partial<Record<Failure['code'], ImportFault>> = {
  'not-found': 'outside-remit',
  forbidden: 'role-not-given',
};

/** What the page would refuse, somebody else's account first: of one outside the remit nothing is told but that its name is taken. */
async function requireRights(
  { row, account, input, licence, placing }: Person,
  facilities: ReadonlyMap<string, Facility>,
  { caller, remit, others, at, requireAnotherAdministrator }: PeoplePlanParts,
): Promise<void> {
  if (account && !isWithin(remit, account.facilityId)) {
    row.fault('login', 'login-taken');
    return;
  }
  if (!input || (account && !isDifferent(account, input) && !licence && !isOtherPlacing(account, placing))) return;
  if (account)
    checkRule(
      row,
      null,
      ({ reason }) => (reason === 'demo-account' ? 'demo-account' : 'not-yours'),
      () =>
        requirePersonAction('edit', caller, remit, administered(account, false, heldBeside(account, { others, at }))),
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
  requirePlace(row, facilities.get(input.facilityId), placing, isMoved ? undefined : account);
  if (account && isOtherPlacing(account, placing)) {
    // What is over is taken up again on the page.
    if (stateOf(account, at) === 'ended') row.fault(null, 'appointment-ended');
    if (account.accountId === caller.accountId) row.fault(null, 'not-yours');
  }
  if (account && input.role !== account.role)
    await requireAnotherAdministrator(account).catch((err: unknown) => {
      if (!(err instanceof Failure)) throw err;
      row.fault('role', 'last-administrator');
    });
}

/** What the person does beside the main appointment, as long as it has not ended. */
function heldBeside({ accountId }: Account, { others, at }: Pick<AppointingParts, 'others' | 'at'>) {
  return (others.get(accountId) ?? []).filter((one) => stateOf(one, at) !== 'ended');
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
  { row, account, input, stored: practitioner, licence, placing }: Person,
  {
    known,
    stored,
    frame: { language },
  }: { known: KnownFacilities; stored: ReadonlyMap<string, Facility>; frame: PlanFrame },
): void {
  if (!account || !input) return;
  const cells = (data: AccountData, at: Placing) => {
    const facility = stored.get(data.facilityId);
    const person = personCells(
      { login: account.login, ...data },
      facility ? callFacility(known, facility) : '',
      language,
    );
    return { ...person, ...placingCells(at, true, language) };
  };
  const before = licenceCells(practitioner, language);
  const after = licence ? licenceCells(licence, language) : before;
  row.changes = changesIn(
    row,
    { ...cells(account, account), ...before },
    { ...cells(dataOf(input), placing), ...after },
  );
}

/** As an account begins. */
const NOWHERE: Placing = { department: null, fromDay: null, toDay: null };

function toSteps({ row, account, input, stored, licence, placing }: Person): ImportStep[] {
  if (row.faults.length > 0 || !input) return [];
  const { line } = row;
  const accountId = account?.accountId ?? randomUUID();
  const steps: ImportStep[] = [];
  if (!account) steps.push({ line, act: 'add-person', accountId, person: input });
  else if (isDifferent(account, input))
    steps.push({ line, act: 'change-person', accountId, person: { ...dataOf(input), revision: account.revision } });
  if (isOtherPlacing(account ?? NOWHERE, placing)) {
    const { role, title, specialty } = input;
    const made = account ? account.revision + Number(isDifferent(account, input)) : 1;
    const appointment = { role, title, specialty, ...placing, revision: made };
    steps.push({ line, act: 'change-appointment', appointmentId: accountId, appointment });
  }
  const revision = stored?.revision ?? 0;
  if (licence) steps.push({ line, act: 'save-practitioner', accountId, practitioner: { ...licence, revision } });
  return steps;
}
