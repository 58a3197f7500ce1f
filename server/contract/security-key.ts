import { z } from 'zod';
import { Id, Instant } from './primitives.ts';

// WebAuthn level 3, section 5.1: what browsers take and give as JSON. Values of bytes are base64url without padding.

const bytes = (mostLetters: number) =>
  z
    .string()
    .min(1)
    .max(mostLetters)
    .regex(/^[\w-]+$/);
/** A credential ID has 1023 bytes at most (section 4). */
const CredentialId = bytes(1364);
const ClientData = bytes(2048);
const Transports = z.array(z.string().max(32)).max(16);
const Descriptor = z.object({ id: CredentialId, type: z.literal('public-key'), transports: Transports });
/** `required` where the key stands for the password as well. */
const UserVerification = z.enum(['preferred', 'required']);

/** What a browser is told to make a credential with: `navigator.credentials.create`. */
export const SecurityKeyCreation = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number().int() })),
  timeout: z.number().int(),
  /** Those that the account has: an authenticator is added once. */
  excludeCredentials: z.array(Descriptor),
  authenticatorSelection: z.object({ residentKey: z.literal('preferred'), userVerification: UserVerification }),
  /** Section 10.1.3: the browser says whether the credential is discoverable. */
  extensions: z.object({ credProps: z.literal(true) }),
  attestation: z.literal('none'),
});
export type SecurityKeyCreation = z.infer<typeof SecurityKeyCreation>;

/** What a browser is told to have one used: `navigator.credentials.get`. */
export const SecurityKeyRequest = z.object({
  rpId: z.string(),
  challenge: z.string(),
  timeout: z.number().int(),
  allowCredentials: z.array(Descriptor),
  userVerification: UserVerification,
});
export type SecurityKeyRequest = z.infer<typeof SecurityKeyRequest>;

const Credential = z.object({
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
});
/** Section 10.1.3. Browsers that do not know say nothing. */
const CredentialProperties = z.object({ rk: z.boolean().optional() });

/** A credential that was made. */
export const SecurityKeyAttestation = Credential.extend({
  clientExtensionResults: z.object({ credProps: CredentialProperties.optional() }).default({}),
  response: z.object({
    clientDataJSON: ClientData,
    attestationObject: bytes(16_384),
    transports: Transports.optional(),
  }),
});
export type SecurityKeyAttestation = z.infer<typeof SecurityKeyAttestation>;

/** A credential that was used. */
export const SecurityKeyAssertion = Credential.extend({
  response: z.object({
    clientDataJSON: ClientData,
    authenticatorData: bytes(4096),
    signature: bytes(8192),
    userHandle: bytes(128).nullish(),
  }),
});
export type SecurityKeyAssertion = z.infer<typeof SecurityKeyAssertion>;

/** What its owner calls it. */
export const SecurityKeyName = z.string().trim().min(1).max(64);

/** One of the caller's own. */
export const SecurityKeyView = z.object({
  keyId: Id,
  name: SecurityKeyName,
  addedAt: Instant,
  /** Null: not since it was added. */
  usedAt: Instant.nullable(),
  /** Browsers hand a key out only to the host that it was made for: whether that is the one that was asked. */
  isOfThisHost: z.boolean(),
  /** Whether it opens a session here by itself, without name and password: the key can, and the policy lets its owner. */
  signsInAlone: z.boolean(),
});
export type SecurityKeyView = z.infer<typeof SecurityKeyView>;

/** `proof`: before what asks for the second factor once more; `change`: before a change of the second factor itself. */
export const SecurityKeyPurpose = z.enum(['proof', 'change']);
export type SecurityKeyPurpose = z.infer<typeof SecurityKeyPurpose>;
