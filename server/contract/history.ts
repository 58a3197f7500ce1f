import { z } from 'zod';
import { Instant } from './primitives.ts';

/** Who changed an object that is administered, what, and when: an entry of the audit chain, for those who administer it. */
export const HistoryEntry = z.object({
  sequence: z.int(),
  at: Instant,
  /** Empty: the system. */
  actorName: z.string(),
  facilityName: z.string(),
  /** `noun:verb`. */
  action: z.string(),
  /** Each field that was changed: what it was, and what it became. */
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;
