import { randomUUID } from 'node:crypto';
import type { Asked } from '../../access/asked.ts';
import { recordAct } from '../../audit/record.ts';
import { Failure } from '../../contract/index.ts';
import { type Repeated, repeat } from '../../runtime/repeat.ts';
import type { Demonstration } from '../demonstration.ts';
import { getDemonstrationFor } from '../demonstration-access.ts';
import type { DemonstrationParts } from '../parts.ts';
import { EARLIEST_MS } from '../rules/guards.ts';
import { answerBy, dueAt, isAskedIn, isOpen, slotAt } from './check.ts';

type CheckParts = Pick<DemonstrationParts, 'work' | 'notify' | 'clock' | 'log'>;

const EVERY_MS = 10_000;

/**
 * Plans the check of each half hour of what is live, and asks it once it is due. Both stand in the database, so that neither a restart nor a
 * second server asks twice; what could not be asked in its half hour is asked of nobody.
 */
export async function askWhoIsThere({ work, notify, clock }: CheckParts): Promise<void> {
  const at = clock();
  const { demonstrations } = work.read;
  const soonest = new Date(at.getTime() + EARLIEST_MS);
  for (const demonstration of await demonstrations.listBeginning(['live'], new Date(0), soonest)) {
    const { demonstrationId } = demonstration;
    const asked = await ask(work, demonstration, at);
    if (asked)
      notify.toAccounts(await listAudience(work.read, demonstration), 'demonstration:check-asked', {
        demonstrationId,
        checkId: asked,
        answerBy: answerBy(at.toISOString()),
      });
  }
}

/** Who watches now. */
async function listAudience(
  { demonstrations }: CheckParts['work']['read'],
  demonstration: Demonstration,
): Promise<string[]> {
  const { demonstrationId } = demonstration;
  const present = (await demonstrations.listPresences(demonstrationId)).filter(({ toAt }) => toAt === null);
  const there = new Set(present.map(({ accountId }) => accountId));
  return (await demonstrations.listEnrolments(demonstrationId))
    .filter((one) => one.withdrawnAt === null && there.has(one.accountId) && isAskedIn(demonstration, one.accountId))
    .map(({ accountId }) => accountId);
}

/** @returns the check that is to be asked now. */
async function ask(
  work: CheckParts['work'],
  { demonstrationId, beganAt }: Demonstration,
  at: Date,
): Promise<string | undefined> {
  if (beganAt === null) return undefined;
  const slot = slotAt(beganAt, at);
  const check = (await work.read.presenceChecks.list(demonstrationId)).find((one) => one.slot === slot);
  if (check)
    return check.askedAt === null &&
      check.dueAt <= at.toISOString() &&
      (await work.write(({ presenceChecks }) => presenceChecks.noteAsked(check.checkId, at)))
      ? check.checkId
      : undefined;
  const due = dueAt(beganAt, at, Math.random());
  if (due)
    await work.write(({ presenceChecks }) =>
      presenceChecks.insertNew({
        checkId: randomUUID(),
        demonstrationId,
        slot,
        dueAt: due.toISOString(),
        askedAt: null,
      }),
    );
  return undefined;
}

export function startPresenceChecks(parts: CheckParts, everyMs = EVERY_MS): Repeated {
  return repeat(() => askWhoIsThere(parts), {
    everyMs,
    log: parts.log,
    what: 'nobody was asked whether they are there',
  });
}

/** To a window that enters while a check is open: a reload must not cost the answer. */
export async function tellOpenCheck(
  { work, notify, clock }: CheckParts,
  { accountId, appointmentId }: { accountId: string; appointmentId: string },
  demonstrationId: string,
): Promise<void> {
  const { demonstrations, presenceChecks } = work.read;
  const enrolment = await demonstrations.findEnrolment(demonstrationId, accountId);
  if (!enrolment || enrolment.withdrawnAt !== null) return;
  const demonstration = await demonstrations.find(demonstrationId);
  if (!demonstration || !isAskedIn(demonstration, accountId)) return;
  const check = (await presenceChecks.list(demonstrationId)).find((one) => isOpen(one, clock()));
  if (!check?.askedAt) return;
  const { checkId, askedAt } = check;
  const answers = await presenceChecks.listAnswers(demonstrationId);
  if (answers.some((one) => one.checkId === checkId && one.accountId === accountId)) return;
  const asked = { demonstrationId, checkId, answerBy: answerBy(askedAt) };
  notify.toAppointments([{ appointmentId }], 'demonstration:check-asked', asked);
}

/**
 * The caller is there. A second answer changes nothing.
 * @throws Failure not-found where no such check was asked; conflict / check-over
 */
export async function answerCheck(
  parts: DemonstrationParts,
  asked: Asked,
  { demonstrationId, checkId }: { demonstrationId: string; checkId: string },
): Promise<Record<string, never>> {
  const { caller, at } = asked;
  await parts.work.write(async (stores) => {
    await getDemonstrationFor(parts, stores, caller, demonstrationId, 'answer-check', { at });
    const check = await stores.presenceChecks.find(checkId);
    if (check?.demonstrationId !== demonstrationId || check.askedAt === null)
      throw new Failure('not-found', 'no such check');
    if (!isOpen(check, at)) throw new Failure('conflict', 'the check is over', { reason: 'check-over' });
    const answer = { checkId, accountId: caller.accountId, answeredAt: at.toISOString() };
    if (!(await stores.presenceChecks.answer(answer))) return;
    await recordAct(stores.audit, asked, {
      action: 'demonstration:answer-check',
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
      detail: { checkId },
    });
  });
  return {};
}
