import { z } from 'zod';
import { Instant } from './primitives.ts';
import { SecurityKeyAssertion, SecurityKeyView } from './security-key.ts';

/** What stands beside the password: a security key or passkey (WebAuthn), a code of an authenticator app (RFC 6238), or one of the codes that were printed for their loss. */
export const FactorKind = z.enum(['security-key', 'totp', 'recovery-code']);
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
  z.object({ kind: z.literal('security-key'), assertion: SecurityKeyAssertion }),
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
  /** The first that was added first. */
  securityKeys: z.array(SecurityKeyView),
  recoveryCodesLeft: z.number().int(),
  /** With what the account can prove it here, now; empty: it has none, or none that is of use at this address. */
  kinds: z.array(FactorKind),
  /** Browsers make keys for a name alone, over TLS or on the machine itself: whether the address that was asked is one. */
  isKeyPossible: z.boolean(),
  /** One factor is left, and the platform requires one of the person: it cannot be taken off. */
  isLastRequired: z.boolean(),
  /** Demo accounts have none: their password is public, and whoever set one up would lock out all others. */
  isPossible: z.boolean(),
});
export type SecondFactorView = z.infer<typeof SecondFactorView>;

/** A window that was left open changes nothing: the password is asked again. */
export const OwnPasswordInput = z.object({ password: z.string().min(1).max(256) });
export type OwnPasswordInput = z.infer<typeof OwnPasswordInput>;

/** For a further factor one that is there has to be shown; for the first the password is enough. */
export const AddFactorInput = OwnPasswordInput.extend({ proof: FactorProof.optional() });
export type AddFactorInput = z.infer<typeof AddFactorInput>;

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
