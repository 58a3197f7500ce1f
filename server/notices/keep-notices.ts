import { randomUUID } from 'node:crypto';
import type { NoticeKind, NoticeView, PersonView } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import type { NoticeTo, StoredNotice } from './notice.ts';

/** How long a notice is kept. */
const KEPT_MS = 90 * 24 * 3_600_000;

/** Of what a notice is not about. */
const NO_SUBJECT = {
  consultationId: null,
  caseNumber: '',
  urgency: null,
  agreement: null,
  licence: null,
  proposal: null,
  machine: null,
  demonstration: null,
} as const;

/** As they are kept, one for each of these appointments. */
export function newNotices(
  to: readonly NoticeTo[],
  {
    at,
    ...what
  }: { kind: NoticeKind; byAccountId: string | null; at: Date } & Partial<
    Omit<StoredNotice, keyof NoticeTo | 'noticeId' | 'at' | 'readAt'>
  >,
): StoredNotice[] {
  return to.map(({ accountId, appointmentId }) => ({
    noticeId: randomUUID(),
    accountId,
    appointmentId,
    consultationId: null,
    agreementId: null,
    licenceOf: null,
    licenceTo: null,
    proposalId: null,
    machineId: null,
    demonstrationId: null,
    ...what,
    at: at.toISOString(),
    readAt: null,
  }));
}

/** Keeps them, and of those that the same people had before only what is not too old. */
export async function keepNotices(
  { notices: store }: Pick<Stores, 'notices'>,
  notices: readonly StoredNotice[],
  at: Date,
): Promise<void> {
  await store.insert([...notices]);
  const kept = new Date(at.getTime() - KEPT_MS).toISOString();
  for (const accountId of new Set(notices.map((one) => one.accountId))) await store.deleteBefore(accountId, kept);
}

/** What its person is told. @param by undefined or null: nobody did it, or it is not said who. */
export function noticeView(
  { noticeId, kind, at, readAt }: StoredNotice,
  by: Pick<PersonView, 'name' | 'facilityName'> | null | undefined,
  about: Partial<Pick<NoticeView, keyof typeof NO_SUBJECT>>,
): NoticeView {
  const [byName, byFacilityName] = [by?.name ?? '', by?.facilityName ?? ''];
  return { noticeId, kind, ...NO_SUBJECT, ...about, byName, byFacilityName, at, readAt };
}
