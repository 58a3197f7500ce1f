import { z } from 'zod';
import { Id, Instant } from './primitives.ts';

export const Role = z.enum([
  'physician',
  'coordinator',
  'specialist',
  'surgeon',
  'trainee',
  'facility-admin',
  'admin',
  'auditor',
]);
export type Role = z.infer<typeof Role>;

/** What the shell may offer a person; computed by the server from role and facility, never guessed from the role. */
export const Permission = z.enum([
  'consultation:create',
  'consultation:list',
  'notice:list',
  'audit:read',
  'account:manage',
  'facility:manage',
]);
export type Permission = z.infer<typeof Permission>;

/** One practitioner or officer, as colleagues see them. */
export const PersonView = z.object({
  accountId: Id,
  name: z.string(),
  title: z.string(),
  role: Role,
  specialty: z.string().nullable(),
  facilityId: Id,
  facilityName: z.string(),
});
export type PersonView = z.infer<typeof PersonView>;

export const SignInInput = z.object({
  account: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(256),
  otp: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
});
export type SignInInput = z.infer<typeof SignInInput>;

export const SessionView = z.object({
  person: PersonView,
  permissions: z.array(Permission),
  /** The demo network is here and its passwords are public: every page says so. */
  isDemonstration: z.boolean(),
  /** The session ends after this long without a request. */
  idleTimeoutS: z.number(),
  /** The session ends then whatever happens. */
  expiresAt: Instant,
  /** The account's own AES-256-GCM key, base64url: browsers encrypt with it what is typed and not saved yet. */
  draftKey: z.string(),
});
export type SessionView = z.infer<typeof SessionView>;

export const TokenView = z.object({ token: z.string(), expiresAt: Instant });
export type TokenView = z.infer<typeof TokenView>;

export const DemoAccount = z.object({
  account: z.string(),
  password: z.string(),
  name: z.string(),
  role: Role,
  facilityName: z.string(),
});
export type DemoAccount = z.infer<typeof DemoAccount>;

/** What the sign-in page needs before anybody is known. `demoAccounts` is empty unless DEMO is on. */
export const SignInOptions = z.object({ contractVersion: z.number(), demoAccounts: z.array(DemoAccount) });
export type SignInOptions = z.infer<typeof SignInOptions>;
