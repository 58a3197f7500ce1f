import { z } from 'zod';
import { Id, Instant } from './primitives.ts';

/** What a machine may do at `/dicomweb`, in the archive of its own facility: search and read it (QIDO-RS, WADO-RS), or add to it (STOW-RS). */
export const MachineScope = z.enum(['archive:read', 'archive:write']);
export type MachineScope = z.infer<typeof MachineScope>;

/** Nobody renews what nobody looks at: after a year at most a machine is given another token. */
export const MAX_MACHINE_DAYS = 366;

/**
 * `closed`: its facility is closed. `unconfirmed`: it reads pictures, and waits for a second person; `lapsed`: nobody confirmed it in time.
 */
export const MachineState = z.enum(['active', 'unconfirmed', 'lapsed', 'expired', 'revoked', 'closed']);
export type MachineState = z.infer<typeof MachineState>;

/** A machine's account at one facility. Its token is told once, where it is made, and nowhere here. */
export const MachineView = z.object({
  machineId: Id,
  name: z.string(),
  facilityId: Id,
  facilityName: z.string(),
  scopes: z.array(MachineScope),
  madeAt: Instant,
  madeBy: z.string(),
  expiresAt: Instant,
  /** To the minute; null: not yet. */
  usedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
  revokedBy: z.string().nullable(),
  /** Until when a second person may confirm it; null: it needs none. */
  confirmUntil: Instant.nullable(),
  confirmedAt: Instant.nullable(),
  /** Null as well: it was made before that took two. */
  confirmedBy: z.string().nullable(),
  mayConfirm: z.boolean(),
  state: MachineState,
  mayRevoke: z.boolean(),
});
export type MachineView = z.infer<typeof MachineView>;

export const NewMachineInput = z.object({
  facilityId: Id,
  name: z.string().trim().min(1).max(64),
  scopes: z.array(MachineScope).min(1).max(MachineScope.options.length),
  days: z.number().int().min(1).max(MAX_MACHINE_DAYS),
});
export type NewMachineInput = z.infer<typeof NewMachineInput>;

/** `token`: sent as `Authorization: Bearer`, to `/dicomweb` alone. Not told again. */
export const MadeMachine = z.object({ machine: MachineView, token: z.string() });
export type MadeMachine = z.infer<typeof MadeMachine>;
