import type { LicenceState, Role } from '../contract/index.ts';

/** Who is asking, as the session says; never taken from a message. */
export interface Caller {
  accountId: string;
  name: string;
  role: Role;
  facilityId: string;
  facilityName: string;
  specialty: string | null;
  /** Today's, which decides whether they may practise. */
  licence: LicenceState;
  /** The session that vouches for it: a browser's or a machine client's. */
  sessionId: string;
}
