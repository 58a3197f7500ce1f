import type { LicenceState, MachineScope, Role } from '../contract/index.ts';

/** `machine`: a PACS, modality or gateway with a token of its own, which has no role of a person. */
export type CallerRole = Role | 'machine';

/** Of a person. A machine gets to nothing where this is asked. */
export function roleOf({ role }: Pick<Caller, 'role'>): Role {
  if (role === 'machine') throw new Error('a machine has no role');
  return role;
}

/** Who is asking, as the session says; never taken from a message. Role and facility are those of the appointment it acts in. */
export interface Caller {
  accountId: string;
  name: string;
  /** Of a machine its own id. */
  appointmentId: string;
  role: CallerRole;
  facilityId: string;
  facilityName: string;
  specialty: string | null;
  /** Today's, which decides whether they may practise. */
  licence: LicenceState;
  /** The appointment has run out; the person finishes the call of this case, and nothing else. */
  onlyCaseId?: string;
  /** The session that vouches for it: a browser's or a machine client's. */
  sessionId: string;
  /** Of a machine alone: what its token opens. */
  scopes?: readonly MachineScope[];
}
