import { z } from 'zod';
import { Instant } from './primitives.ts';

/** What stands beside the password: a code of an authenticator app (RFC 6238), or one of the codes that were printed for its loss. */
export const FactorKind = z.enum(['totp', 'recovery-code']);
export type FactorKind = z.infer<typeof FactorKind>;

/** Six digits, as apps show them: with or without a space between. */
export const TotpCode = z
  .string()
  .max(16)
  .transform((typed) => typed.normalize('NFKC').replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/));

/** As printed, in any case, with or without its hyphen; `server/accounts/recovery-codes.ts` reads it. */
export const RecoveryCode = z.string().trim().min(1).max(32);

/** That the person has their second factor at hand. */
export const FactorProof = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('totp'), code: TotpCode }),
  z.object({ kind: z.literal('recovery-code'), code: RecoveryCode }),
]);
export type FactorProof = z.infer<typeof FactorProof>;

/** A sign-in whose password was right and that waits for the second factor. */
export const PendingSignInView = z.object({
  kinds: z.array(FactorKind),
  expiresAt: Instant,
});
export type PendingSignInView = z.infer<typeof PendingSignInView>;

/** The caller's own second factor. */
export const SecondFactorView = z.object({
  /** When the authenticator app was added; null: there is none. */
  totpAddedAt: Instant.nullable(),
  recoveryCodesLeft: z.number().int(),
  /** Demo accounts have none: their password is public, and whoever set one up would lock out all others. */
  isPossible: z.boolean(),
});
export type SecondFactorView = z.infer<typeof SecondFactorView>;

/** A window that was left open changes nothing: the password is asked again. */
export const OwnPasswordInput = z.object({ password: z.string().min(1).max(256) });
export type OwnPasswordInput = z.infer<typeof OwnPasswordInput>;

/** What an authenticator app is given, once. It counts for nothing until a code of it was typed. */
export const TotpSetup = z.object({
  /** For typing, base 32 (RFC 4648 section 6). */
  secret: z.string(),
  /** For scanning: `otpauth://totp/…`. */
  address: z.string(),
});
export type TotpSetup = z.infer<typeof TotpSetup>;

/** Told once, to be printed or copied. Null: the account has some already. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()).nullable() });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

export const ProvenInput = OwnPasswordInput.extend({ proof: FactorProof });
export type ProvenInput = z.infer<typeof ProvenInput>;
