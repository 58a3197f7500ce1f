import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import type { Remit } from '../access/people.ts';
import { requirePersonAction } from '../access/people.ts';
import { appoint, changeAppointment } from '../accounts/appointment-use-cases.ts';
import { administered, findRemit, getAccountFor, listHeld, type PeopleParts } from '../accounts/people.ts';
import { addPerson, changePerson, renewLink } from '../accounts/people-use-cases.ts';
import { recordAct } from '../audit/record.ts';
import { Failure, type ImportApplyInput, type ImportedPerson, type ImportProgress } from '../contract/index.ts';
import { addFacility, editFacility, putBelow } from '../facilities/facility-use-cases.ts';
import { putPractitioner } from '../practitioners/use-cases.ts';
import type { Stores, Work } from '../store/stores.ts';
import { getKept, permissionFor } from './dry-run.ts';
import type { ImportStep, KeptImport } from './store.ts';

type Named =
  | 'accounts'
  | 'attempts'
  | 'audit'
  | 'facilities'
  | 'imports'
  | 'notices'
  | 'oneTimeLinks'
  | 'practitioners'
  | 'policies'
  | 'secondFactors';
type ApplyStores = Pick<Stores, Named>;

export interface ApplyParts {
  work: Work<Named>;
  people: PeopleParts;
}

/** One transaction: long enough to be quick, short enough that nobody else's save waits for it noticeably. */
const STEPS_AT_ONCE = 100;

/**
 * Does the next steps of what was shown, by the use cases of the pages, and nothing else.
 * @throws Failure not-found / import-expired, conflict / import-has-faults; import-outdated where something changed meanwhile, with the line in
 * `fields`: of these steps none is done then.
 */
export async function applyImport(
  { work, people }: ApplyParts,
  asked: Asked,
  importId: string,
  { from, skipFaulty }: ImportApplyInput,
): Promise<ImportProgress> {
  const remit = await findRemit(people, asked.caller);
  return work.write(async (stores) => {
    const kept = await getKept(stores, asked, importId);
    requirePermission(asked.caller, permissionFor(kept.kind));
    if (kept.counts.faulty > 0 && !skipFaulty)
      throw new Failure('conflict', 'rows are at fault', { reason: 'import-has-faults' });
    if (from > kept.doneSteps) throw new Failure('invalid-message', 'not so many are done', { fields: ['from'] });
    const context = { stores, asked, people, remit };
    const made: ImportedPerson[] = [];
    // The answer before was lost, and with it what opens these accounts.
    for (const step of kept.steps.slice(from, kept.doneSteps)) made.push(...(await inviteAgain(context, step)));
    if (kept.doneSteps === 0) await recordImport(context, kept);
    const next = kept.steps.slice(kept.doneSteps, kept.doneSteps + STEPS_AT_ONCE);
    for (const step of next) made.push(...(await doStep(context, step)));
    const done = kept.doneSteps + next.length;
    if (next.length > 0 && !(await stores.imports.advance(importId, kept.doneSteps, done)))
      throw new Failure('conflict', 'another window goes on with it', { reason: 'import-outdated' });
    return { done, steps: kept.steps.length, people: made };
  });
}

interface Context {
  stores: ApplyStores;
  asked: Asked;
  people: PeopleParts;
  remit: Remit;
}

/** The import as one act; what it does to each object is recorded beside it, as from the pages. */
async function recordImport({ stores, asked }: Context, kept: KeptImport): Promise<void> {
  const { importId, kind, counts, sha256 } = kept;
  const detail = { kind, ...counts, sha256 };
  await recordAct(stores.audit, asked, { action: 'import:apply', subjectKind: 'import', subjectId: importId, detail });
}

async function doStep(context: Context, step: ImportStep): Promise<ImportedPerson[]> {
  // Others get their turn: the driver of SQLite waits for nothing.
  await new Promise((resolve) => setImmediate(resolve));
  try {
    return await stepOf(context, step);
  } catch (err) {
    if (!(err instanceof Failure) || err.code === 'internal' || err.code === 'unavailable') throw err;
    throw new Failure('conflict', `line ${step.line}: ${err.message}`, {
      reason: 'import-outdated',
      fields: [`line ${step.line}`],
      cause: err,
    });
  }
}

async function stepOf(context: Context, step: ImportStep): Promise<ImportedPerson[]> {
  const { stores, asked, people, remit } = context;
  if (step.act === 'invite-again') return inviteAgain(context, step);
  if (step.act === 'add-facility') await addFacility(stores, asked, step);
  else if (step.act === 'change-facility') await changeFacility(stores, asked, step);
  else if (step.act === 'change-person') await changePerson(people, stores, asked, step.accountId, step.person);
  else if (step.act === 'add-appointment') await appoint(people, stores, asked, step.appointment);
  else if (step.act === 'change-appointment')
    await changeAppointment(people, stores, asked, step.appointmentId, step.appointment);
  else if (step.act === 'save-practitioner') {
    const { accountId } = step;
    const { revision, ...typed } = step.practitioner;
    await getAccountFor(people, stores, asked, accountId, 'edit');
    await putPractitioner(stores, asked, { accountId, revision, typed });
  } else {
    const { accountId, person } = step;
    const link = await addPerson(stores, asked, { ...person, accountId, remit });
    return [await toImported(stores, person, link)];
  }
  return [];
}

async function changeFacility(
  stores: ApplyStores,
  asked: Asked,
  { facilityId, version, draft, parentId }: Extract<ImportStep, { act: 'change-facility' }>,
): Promise<void> {
  if (draft) await editFacility(stores, asked, facilityId, { ...draft, version });
  if (parentId !== undefined)
    await putBelow(stores, asked, facilityId, { version: draft ? version + 1 : version, parentId });
}

/** A new link for somebody who was imported and has not chosen a password yet. */
async function inviteAgain({ stores, asked, remit }: Context, step: ImportStep): Promise<ImportedPerson[]> {
  const isPerson = step.act === 'add-person' || step.act === 'invite-again';
  const account = isPerson ? await stores.accounts.find(step.accountId) : undefined;
  if (!account || account.passwordHash !== null || !account.isActive) return [];
  const others = (await listHeld(stores, account.accountId, asked.at)).filter(({ isMain }) => !isMain);
  requirePersonAction('make-link', asked.caller, remit, administered(account, false, others));
  return [await toImported(stores, account, await renewLink(stores, asked, account))];
}

async function toImported(
  { facilities }: Pick<Stores, 'facilities'>,
  { login, name, facilityId }: { login: string; name: string; facilityId: string },
  link: ImportedPerson['link'],
): Promise<ImportedPerson> {
  return { person: { login, name, facilityName: (await facilities.find(facilityId))?.name ?? '' }, link };
}
