import type { StoredNotice } from './notice.ts';

export interface NoticeStore {
  insert(notices: StoredNotice[]): Promise<void>;
  /** The latest first. */
  list(accountId: string, limit: number): Promise<StoredNotice[]>;
  countUnread(accountId: string): Promise<number>;
  /** Up to that instant, of one case or of all. */
  markRead(accountId: string, until: string, consultationId: string | undefined): Promise<void>;
  deleteBefore(accountId: string, at: string): Promise<void>;
}
