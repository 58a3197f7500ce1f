import { z } from 'zod';
import { Role } from './account.ts';
import { PersonState } from './people.ts';
import { Id, Instant } from './primitives.ts';

/** What the security administrator may do with an account now; computed by the server. */
export const AccountSecurityAction = z.enum(['unlock', 'reset-factor']);
export type AccountSecurityAction = z.infer<typeof AccountSecurityAction>;

/** How an account is guarded, whichever facility's it is. */
export const AccountSecurityView = z.object({
  accountId: Id,
  login: z.string(),
  name: z.string(),
  role: Role,
  facilityName: z.string(),
  state: PersonState,
  hasSecondFactor: z.boolean(),
  /** Wrong passwords or codes have closed it, somewhere or everywhere. `places`: how many are closed to it. */
  lock: z.object({ since: Instant, until: Instant, places: z.int() }).nullable(),
  actions: z.array(AccountSecurityAction),
});
export type AccountSecurityView = z.infer<typeof AccountSecurityView>;

/** Part of a name, in characters or pinyin, or of an account's name; empty: those that are locked now. */
export const AccountSecurityQuery = z.object({ search: z.string().trim().max(64).default('') });
