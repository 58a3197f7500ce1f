import { z } from 'zod';
import { Instant } from './primitives.ts';

/** Who changed an object that is administered, what, when and why: an entry of the audit chain, for those who administer it. */
export const HistoryEntry = z.object({
  sequence: z.int(),
  at: Instant,
  /** Empty: the system. */
  actorName: z.string(),
  facilityName: z.string(),
  /** Of the operating system, where it was done from the machine's shell. */
  operator: z.string().nullable(),
  /** `noun:verb`. */
  action: z.string(),
  /** Of an act on an appointment: its facility. */
  place: z.string().nullable(),
  reason: z.string().nullable(),
  /** Each field that was changed: what it was, and what it became. Facilities by their names. */
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  /** What the act said besides: with what something was made or proposed. */
  facts: z.array(z.object({ field: z.string(), value: z.unknown() })),
  /** Fields that were changed, of which the chain does not say from what to what. */
  unkept: z.array(z.string()),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** Of entries of the audit chain: so many, before that one. */
export const HistoryQuery = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
