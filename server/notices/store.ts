import type { StoredNotice } from './notice.ts';

export interface NoticeStore {
  insert(notices: StoredNotice[]): Promise<void>;
  /** The latest first. */
  list(appointmentId: string, limit: number): Promise<StoredNotice[]>;
  countUnread(appointmentId: string): Promise<number>;
  /** Up to that instant, of one case or of all. */
  markRead(appointmentId: string, until: string, consultationId: string | undefined): Promise<void>;
  deleteBefore(accountId: string, at: string): Promise<void>;
}
