import { basesOf } from '../access/may.ts';
import { findPeople } from '../accounts/person.ts';
import type { CaseNoticeKind } from '../contract/index.ts';
import { concerns } from '../notices/notice.ts';
import { postNotices } from '../notices/use-cases.ts';
import type { Logger } from '../runtime/log.ts';
import type { Notify } from '../store/notify.ts';
import type { Work } from '../store/stores.ts';
import { type AppointedActor, listActors, listFormerActors, partiesOf, placesOf } from './actors.ts';
import { toSummary } from './summary.ts';

export interface AnnounceParts {
  work: Work<'accounts' | 'calls' | 'consultations' | 'facilities' | 'notices' | 'practitioners'>;
  clock: () => Date;
  notify: Notify;
  log: Logger;
}

export interface Announcement {
  consultationId: string;
  /** The case now waits for people who did nothing to it just now: sound and badge for them. */
  arrives?: { except: string | null };
  /**
   * What happened, for the history of everyone it concerns but whoever did it (null: nobody). `only`: for this one person; `toFormer`: for those
   * too whose grant it ended.
   */
  happened?: { kind: CaseNoticeKind; by: string | null; only?: string; toFormer?: true };
  /** Whose grant this change ended: they get the case a last time, with nothing to do in it, so that their list drops it. */
  formerAccountIds?: readonly string[];
}

/**
 * After the commit: tells everyone with a grant how the case stands, each with their own actions.
 * A failure here is logged and not answered: what was asked for has been done.
 */
export async function announce(parts: AnnounceParts, announcement: Announcement): Promise<void> {
  const { consultationId } = announcement;
  try {
    await tell(parts, announcement);
  } catch (err) {
    parts.log.error({ err, consultationId }, 'a change was not announced');
  }
}

async function tell(
  { work, clock, notify }: AnnounceParts,
  { consultationId, arrives, happened, formerAccountIds = [] }: Announcement,
): Promise<void> {
  const at = clock();
  const consultation = await work.read.consultations.find(consultationId);
  if (!consultation) return;
  const grants = await work.read.consultations.listGrants(consultationId);
  const callActive = (await work.read.calls.findActive(consultationId)) !== undefined;
  const examinations = (await work.read.consultations.listExaminations([consultationId])).get(consultationId) ?? [];
  const actors = await listActors(work.read, grants, at);
  const former = await listFormerActors(work.read, grants, { accountIds: formerAccountIds, at });
  const people = await findPeople(work.read, [
    ...partiesOf(consultation),
    ...placesOf(grants),
    ...(happened?.by ? [happened.by] : []),
  ]);
  notify.leaveCase(consultationId, formerAccountIds);
  const concerned: AppointedActor[] = [];
  for (const actor of [...actors, ...former]) {
    const { accountId } = actor;
    const summary = toSummary({ consultation, grants, callActive, people, examinations }, actor, at);
    notify.toAppointments([actor], 'consultation:changed', summary);
    if (arrives && arrives.except !== accountId && summary.needsMe)
      notify.toAppointments([actor], 'consultation:arrived', summary);
    const bases = basesOf(actor, grants, at);
    const isMeant = happened?.only === undefined || happened.only === accountId;
    if (happened && isMeant && happened.by !== accountId && bases.length > 0)
      if (concerns(happened.kind, { bases, needsMe: summary.needsMe })) concerned.push(actor);
  }
  if (happened?.toFormer) concerned.push(...former);
  if (happened)
    await postNotices({ work, notify }, consultation, happened.kind, {
      by: people.get(happened.by ?? '') ?? null,
      to: concerned,
      at,
    });
}
