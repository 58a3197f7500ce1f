import { createHash, randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import type { Appointment } from '../accounts/appointment.ts';
import { findRemit, type PeopleParts, requireAnotherAdministrator } from '../accounts/people.ts';
import type { Account } from '../accounts/store.ts';
import {
  Failure,
  type ImportColumn,
  type ImportKind,
  type ImportRow,
  ImportRowState,
  type ImportView,
  type Permission,
  type TableLanguage,
} from '../contract/index.ts';
import type { Practitioner } from '../practitioners/practitioner.ts';
import type { Stores, Work } from '../store/stores.ts';
import { planDepartments } from './department-plan.ts';
import { planFacilities } from './facility-plan.ts';
import { planPeople } from './people-plan.ts';
import type { Plan, PlanFrame } from './plan.ts';
import { loginOf } from './rows-of-people.ts';
import { tableShapeOf } from './shapes.ts';
import type { ImportStep, KeptImport } from './store.ts';
import { readTableInThread } from './table/read-in-thread.ts';
import type { Table, TableRow } from './table/table.ts';

export interface DryRunParts {
  work: Work<'accounts' | 'facilities' | 'imports' | 'practitioners'>;
  people: PeopleParts;
}

/** What was shown can be imported for so long. */
const KEPT_MS = 30 * 60_000;

const PERMISSIONS: Record<ImportKind, Permission> = {
  facilities: 'facility:manage',
  departments: 'facility:manage',
  people: 'account:manage',
};

export function permissionFor(kind: ImportKind): Permission {
  return PERMISSIONS[kind];
}

/** Reads a file and says what importing it would do, which is kept for a short time. @throws Failure as `readTable` */
export async function dryRun(
  parts: DryRunParts,
  asked: Asked,
  {
    kind,
    fileName,
    language,
    bytes,
  }: { kind: ImportKind; fileName: string; language: TableLanguage; bytes: Uint8Array },
): Promise<ImportView> {
  requirePermission(asked.caller, permissionFor(kind));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const table = await readTableInThread(bytes, tableShapeOf(kind));
  const columns = table.columns as ImportColumn[];
  const { rows, steps } = await planOf(parts, asked, kind, table.rows, { columns, language });
  const former = await findBrokenOff(parts, asked, { kind, sha256 });
  const kept: KeptImport = {
    importId: randomUUID(),
    accountId: asked.caller.accountId,
    kind,
    fileName,
    sha256,
    columns,
    ignoredColumns: table.ignoredColumns,
    counts: countStates(rows),
    steps: [...(await stepsAgain(parts, former)), ...steps],
    doneSteps: 0,
    createdAt: asked.at.toISOString(),
    expiresAt: new Date(asked.at.getTime() + KEPT_MS).toISOString(),
  };
  await parts.work.write(async ({ imports }) => {
    await imports.forget(kept.accountId, kept.createdAt);
    await imports.insert({ ...kept, rows });
  });
  return toImportView(kept, rows);
}

/** The same file, as it was imported by the same person until something stopped it. */
async function findBrokenOff(
  { work }: Pick<DryRunParts, 'work'>,
  { caller, at }: Asked,
  { kind, sha256 }: Pick<KeptImport, 'kind' | 'sha256'>,
): Promise<KeptImport | undefined> {
  const former = await work.read.imports.findOf(caller.accountId);
  const isSame = former?.kind === kind && former.sha256 === sha256 && former.expiresAt > at.toISOString();
  return isSame && former.doneSteps < former.steps.length ? former : undefined;
}

/** Links are shown once all is done: whoever was added before gets another one. */
async function stepsAgain({ work }: Pick<DryRunParts, 'work'>, former: KeptImport | undefined): Promise<ImportStep[]> {
  const lineOf = new Map<string, number>();
  const { steps: before = [], doneSteps = 0 } = former ?? {};
  // A link that is owed since an earlier time is owed, whether or not its step was done.
  for (const [index, step] of before.entries())
    if (step.act === 'invite-again' || (step.act === 'add-person' && index < doneSteps))
      lineOf.set(step.accountId, step.line);
  const accountIds = [...lineOf.keys()];
  const steps: ImportStep[] = [];
  for (let from = 0; from < accountIds.length; from += LOGINS_AT_ONCE)
    for (const one of await work.read.accounts.findMany(accountIds.slice(from, from + LOGINS_AT_ONCE)))
      if (isInvited(one))
        steps.push({ line: lineOf.get(one.accountId) ?? 0, act: 'invite-again', accountId: one.accountId });
  return steps.toSorted((a, b) => a.line - b.line);
}

const isInvited = ({ passwordHash, isActive }: Account): boolean => isActive && passwordHash === null;

async function planOf(
  parts: DryRunParts,
  { caller, at }: Asked,
  kind: ImportKind,
  rows: Table['rows'],
  frame: PlanFrame,
): Promise<Plan> {
  const { read } = parts.work;
  const facilities = await read.facilities.listAll();
  if (kind === 'facilities') return planFacilities(rows, frame, { caller, facilities });
  if (kind === 'departments') return planDepartments(rows, frame, { caller, facilities });
  const accounts = await findAccounts(read, rows);
  return planPeople(rows, frame, {
    caller,
    facilities,
    remit: await findRemit(parts.people, caller),
    accounts,
    practitioners: await findPractitioners(read, [...accounts.values()]),
    at,
    others: await findOthers(read, [...accounts.values()]),
    requireAnotherAdministrator: (account) => requireAnotherAdministrator(read, account, at),
  });
}

const LOGINS_AT_ONCE = 500;

async function findAccounts(
  { accounts }: Pick<Stores, 'accounts'>,
  rows: readonly TableRow[],
): Promise<Map<string, Account>> {
  // What is not ASCII is no account's name, and MySQL would not compare it.
  const logins = [...new Set(rows.map(({ cells }) => loginOf(cells['login']?.text ?? '')))].filter((login) =>
    /^[\x21-\x7e]{1,64}$/.test(login),
  );
  const found = new Map<string, Account>();
  for (let from = 0; from < logins.length; from += LOGINS_AT_ONCE)
    for (const account of await accounts.findByLogins(logins.slice(from, from + LOGINS_AT_ONCE)))
      found.set(account.login, account);
  return found;
}

async function findPractitioners(
  { practitioners }: Pick<Stores, 'practitioners'>,
  accounts: readonly Account[],
): Promise<Map<string, Practitioner>> {
  const found = new Map<string, Practitioner>();
  for (let from = 0; from < accounts.length; from += LOGINS_AT_ONCE) {
    const some = accounts.slice(from, from + LOGINS_AT_ONCE).map(({ accountId }) => accountId);
    for (const one of await practitioners.findMany(some)) found.set(one.accountId, one);
  }
  return found;
}

function countStates(rows: readonly ImportRow[]): ImportView['counts'] {
  const counts = Object.fromEntries(ImportRowState.options.map((state) => [state, 0])) as ImportView['counts'];
  for (const { state } of rows) counts[state] += 1;
  return counts;
}

export async function readImport(
  { work }: Pick<DryRunParts, 'work'>,
  asked: Asked,
  importId: string,
): Promise<ImportView> {
  const kept = await getKept(work.read, asked, importId);
  return toImportView(kept, await work.read.imports.findRows(importId));
}

/** What was shown to the caller. @throws Failure not-found / import-expired, for whoever else it was shown to as well */
export async function getKept(
  { imports }: Pick<Stores, 'imports'>,
  { caller, at }: Asked,
  importId: string,
): Promise<KeptImport> {
  const kept = await imports.find(importId);
  if (kept?.accountId !== caller.accountId || kept.expiresAt <= at.toISOString())
    throw new Failure('not-found', 'no such import', { reason: 'import-expired' });
  return kept;
}

function toImportView({ steps, ...kept }: KeptImport, rows: ImportRow[]): ImportView {
  const { importId, kind, fileName, columns, ignoredColumns, counts, expiresAt } = kept;
  const invitedAgain = steps.filter(({ act }) => act === 'invite-again').length;
  const shown = { importId, kind, fileName, columns, ignoredColumns, counts, expiresAt, invitedAgain };
  return { ...shown, rows, steps: steps.length };
}

/** What people do, or did, beside their main appointment. */
async function findOthers(
  { accounts }: Pick<Stores, 'accounts'>,
  known: readonly Account[],
): Promise<Map<string, Appointment[]>> {
  const others = new Map<string, Appointment[]>();
  for (let from = 0; from < known.length; from += LOGINS_AT_ONCE) {
    const ids = known.slice(from, from + LOGINS_AT_ONCE).map(({ accountId }) => accountId);
    for (const one of await accounts.listAppointments(ids))
      if (!one.isMain) others.set(one.accountId, [...(others.get(one.accountId) ?? []), one]);
  }
  return others;
}
