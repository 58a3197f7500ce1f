import { z } from 'zod';
import { ChosenPassword } from './account.ts';
import { FacilityTier } from './facility.ts';
import { Instant } from './primitives.ts';

/** As it stands on a slip, by hand or pasted, in groups and any case; `server/accounts/one-time-link.ts` reads it. */
export const OneTimeSecret = z.string().min(1).max(64);

/** `first-administrator`: founds the network. `invitation`, `reset`: its person chooses a password, the first or another. */
export const OneTimeLinkKind = z.enum(['first-administrator', 'invitation', 'reset']);
export type OneTimeLinkKind = z.infer<typeof OneTimeLinkKind>;

/** What a link that is still good is for. */
export const OneTimeLinkDetail = z.object({
  kind: OneTimeLinkKind,
  expiresAt: Instant,
  minPasswordLength: z.number().int(),
  /** Whose password it sets; null where it founds the network. */
  person: z.object({ login: z.string(), name: z.string(), facilityName: z.string() }).nullable(),
});
export type OneTimeLinkDetail = z.infer<typeof OneTimeLinkDetail>;

/** A link as whoever made it is told once; here only its hash is kept. */
export const MadeLink = z.object({ kind: OneTimeLinkKind, secret: z.string(), expiresAt: Instant });
export type MadeLink = z.infer<typeof MadeLink>;

/** What one types to sign in: as it is spoken and written on a slip, so that no two look alike. */
export const Login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,63}$/);
export const PersonName = z.string().trim().min(1).max(64);

export const FoundInput = z.object({
  secret: OneTimeSecret,
  facility: z.object({
    name: z.string().trim().min(2).max(128),
    tier: FacilityTier,
    /** GB/T 2260, six digits. */
    region6: z.string().regex(/^[1-9]\d{5}$/),
  }),
  administrator: z.object({ login: Login, name: PersonName, password: ChosenPassword }),
});
export type FoundInput = z.infer<typeof FoundInput>;

export const SetPasswordInput = z.object({ secret: OneTimeSecret, password: ChosenPassword });
export type SetPasswordInput = z.infer<typeof SetPasswordInput>;
