import { z } from 'zod';
import { Role } from './account.ts';
import { CalendarDate } from './primitives.ts';

/** The platform's rules for second factors. */
export const FactorPolicyInput = z.object({
  /** Optimistic lock, as everywhere: the version that was read. */
  version: z.number().int(),
  /** Roles that must have one, each from the beginning of a day in China on. */
  required: z.array(z.object({ role: Role, fromDay: CalendarDate })).max(Role.options.length),
  /** A report is signed only within so many minutes after the second factor was shown; null: the password is enough. */
  signingMinutes: z.number().int().min(1).max(720).nullable(),
});
export type FactorPolicyInput = z.infer<typeof FactorPolicyInput>;
export const FactorPolicyView = FactorPolicyInput;
export type FactorPolicyView = FactorPolicyInput;
