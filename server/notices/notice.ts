import type { NoticeKind } from '../contract/index.ts';

/** Told to one person and kept for them. Which patient it is about stands in the case alone. */
export interface StoredNotice {
  noticeId: string;
  accountId: string;
  consultationId: string;
  kind: NoticeKind;
  byAccountId: string;
  at: string;
  readAt: string | null;
}

/** The duty pool hears what it may still do something about; a colleague's answer takes the case off its list. */
const FOR_THE_POOL: readonly NoticeKind[] = ['arrived', 'supplemented', 'cancelled'];

/** Whether a person with this part in the case is told. */
export function concerns(
  kind: NoticeKind,
  { isPoolOnly, needsMe }: { isPoolOnly: boolean; needsMe: boolean },
): boolean {
  if (kind === 'arrived') return needsMe;
  return !isPoolOnly || FOR_THE_POOL.includes(kind);
}
