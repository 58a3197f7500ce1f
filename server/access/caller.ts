import type { Role } from '../contract/index.ts';

/** Who is asking, as the session says; never taken from a message. */
export interface Caller {
  accountId: string;
  name: string;
  role: Role;
  facilityId: string;
  facilityName: string;
  specialty: string | null;
  /** The signed-in session, or null for a machine client's token. */
  sessionId: string | null;
}
