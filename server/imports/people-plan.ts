import { randomUUID } from 'node:crypto';
import type { Caller } from '../access/caller.ts';
import { isWithin, type Remit, requireGiving, requirePersonAction } from '../access/people.ts';
import { administered } from '../accounts/people.ts';
import type { Account, AccountData } from '../accounts/store.ts';
import { Failure, type ImportFault, NewPersonInput, type TableLanguage } from '../contract/index.ts';
import type { Facility } from '../facilities/facility.ts';
import { callFacility, findNamed, type KnownFacilities, knownFacilities } from './known-facilities.ts';
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
  /** @throws Failure last-administrator where nobody would hold the account's office any more. */
  requireAnotherAdministrator(account: Account): Promise<void>;
}

interface Person {
  row: ReadRow;
  account: Account | undefined;
  input: NewPersonInput | undefined;
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
    if (person.account && person.input) noteChanges(row, person.account, person.input, { known, stored, frame });
    plan.rows.push(toImportRow(row, frame.columns, person.account === undefined));
    plan.steps.push(...toStep(person));
  });
  return plan;
}

function readPerson(row: ReadRow, known: KnownFacilities, { accounts, remit }: PeoplePlanParts): Person {
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
  return { row, account, input: facilityId === undefined ? undefined : input };
}

const GIVING: Partial<Record<Failure['code'], ImportFault>> = {
  'not-found': 'outside-remit',
  forbidden: 'role-not-given',
};

/** What the page would refuse, somebody else's account first: of one outside the remit nothing is told but that its name is taken. */
async function requireRights(
  { row, account, input }: Person,
  facilities: ReadonlyMap<string, Facility>,
  { caller, remit, requireAnotherAdministrator }: PeoplePlanParts,
): Promise<void> {
  if (account && !isWithin(remit, account.facilityId)) {
    row.fault('login', 'login-taken');
    return;
  }
  if (!input || (account && !isDifferent(account, input))) return;
  if (account)
    checkRule(
      row,
      null,
      ({ reason }) => (reason === 'demo-account' ? 'demo-account' : 'not-yours'),
      () => requirePersonAction('edit', caller, remit, administered(account, false)),
    );
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

function noteChanges(
  row: ReadRow,
  account: Account,
  input: NewPersonInput,
  {
    known,
    stored,
    frame: { language },
  }: { known: KnownFacilities; stored: ReadonlyMap<string, Facility>; frame: PlanFrame },
): void {
  const cells = (data: AccountData) => {
    const facility = stored.get(data.facilityId);
    return personCells({ login: account.login, ...data }, facility ? callFacility(known, facility) : '', language);
  };
  row.changes = changesIn(row, cells(account), cells(dataOf(input)));
}

function toStep({ row, account, input }: Person): ImportStep[] {
  if (row.faults.length > 0 || !input) return [];
  const { line } = row;
  if (!account) return [{ line, act: 'add-person', accountId: randomUUID(), person: input }];
  if (!isDifferent(account, input)) return [];
  const person = { ...dataOf(input), revision: account.revision };
  return [{ line, act: 'change-person', accountId: account.accountId, person }];
}
