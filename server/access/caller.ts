import type { LicenceState, MachineScope, Role } from '../contract/index.ts';

/** `machine`: a program with a token of its own, which has no role of a person. */
export type CallerRole = Role | 'machine';

/** Of a person. A program gets to nothing where this is asked. */
export function roleOf({ role }: Pick<Caller, 'role'>): Role {
  if (role === 'machine') throw new Error('a program has no role');
  return role;
}

/** Who is asking, as the session says; never taken from a message. */
export interface Caller {
  accountId: string;
  name: string;
  role: CallerRole;
  facilityId: string;
  facilityName: string;
  specialty: string | null;
  /** Today's, which decides whether they may practise. */
  licence: LicenceState;
  /** The session that vouches for it: a browser's or a machine client's. */
  sessionId: string;
  /** Of a program alone: what its token opens. */
  scopes?: readonly MachineScope[];
}
