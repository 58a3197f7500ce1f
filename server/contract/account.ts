import { z } from 'zod';
import { LicenceView } from './practitioner.ts';
import { CalendarDate, Id, Instant } from './primitives.ts';

/**
 * `facility-admin` answers for the people of a facility. `admin` (system), `security-admin` and `auditor` are the platform's three
 * administrators: whoever is one is none of the others. None of the four sees anything clinical.
 */
export const Role = z.enum([
  'physician',
  'coordinator',
  'specialist',
  'surgeon',
  'trainee',
  'facility-admin',
  'admin',
  'security-admin',
  'auditor',
]);
export type Role = z.infer<typeof Role>;

/** What the shell may offer a person; computed by the server from role and facility, never guessed from the role. */
export const Permission = z.enum([
  'consultation:create',
  'consultation:list',
  'notice:list',
  'patient:search',
  /** A surgical demonstration: to plan one, to enrol in one, to see who of the own people was there. */
  'demonstration:plan',
  'demonstration:watch',
  'demonstration:people',
  'audit:read',
  'administration-acts:read',
  'account:manage',
  'facility:manage',
  /** The machines of one's facilities, and to confirm those that another has made. */
  'machine:list',
  /** Of all accounts: locks, and second factors that were lost. */
  'account-security:manage',
  /** The platform's policies, and proposals to change them. */
  'policy:read',
  'policy:propose',
  /** Only as long as accounts of the demo network can be used, beside one's own that is real. */
  'demo-network:end',
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

/** A role of one person at one facility, for a time. A day is a day in China; null: open. */
export const AppointmentView = z.object({
  appointmentId: Id,
  facilityId: Id,
  facilityName: z.string(),
  department: z.string().nullable(),
  role: Role,
  title: z.string(),
  specialty: z.string().nullable(),
  fromDay: CalendarDate.nullable(),
  toDay: CalendarDate.nullable(),
});
export type AppointmentView = z.infer<typeof AppointmentView>;

export const SignInInput = z.object({
  account: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(256),
  /** Of an authenticator app, for clients that do both steps in one. Refused where the account has none. */
  otp: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
});
export type SignInInput = z.infer<typeof SignInInput>;

export const SessionView = z.object({
  /** As in the appointment that the session acts in. */
  person: PersonView,
  appointmentId: Id,
  /** The person's own that are in force, between which they may switch. */
  appointments: z.array(AppointmentView),
  /** The session's appointment is in force no more: nothing is open but switching to another one and signing out. */
  appointmentEnded: z.boolean(),
  permissions: z.array(Permission),
  /** The demo network is here and its passwords are public: every page says so. */
  isDemonstration: z.boolean(),
  /** The session ends after this long without a request. */
  idleTimeoutS: z.number(),
  /** The session ends then whatever happens. */
  expiresAt: Instant,
  /** As the platform's policy has it now. */
  minPasswordLength: z.number().int(),
  /** The account's own AES-256-GCM key, base64url: browsers encrypt with it what is typed and not saved yet. */
  draftKey: z.string(),
  /** The person's own, where their role is to practise medicine. */
  licence: LicenceView.nullable(),
  /** `dueDay`: the platform requires a second factor of the person from this day on, and they have none. `mustSetUp`: it is past, and nothing else is open. */
  secondFactor: z.object({ mustSetUp: z.boolean(), dueDay: CalendarDate.nullable() }),
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
  /** One of the few that the sign-in page offers first. */
  isMain: z.boolean(),
});
export type DemoAccount = z.infer<typeof DemoAccount>;

/** What the sign-in page needs before anybody is known. `demoAccounts` is empty unless DEMO is on. */
export const SignInOptions = z.object({
  contractVersion: z.number(),
  demoAccounts: z.array(DemoAccount),
  /** Nobody administers this server yet: only the one-time address that its operator has leads on. */
  awaitsAdministrator: z.boolean(),
  /** Whether some may sign in with a passkey alone, and browsers use them at this address. */
  offersPasskey: z.boolean(),
});
export type SignInOptions = z.infer<typeof SignInOptions>;

/** A password as it is chosen. What is wrong with it, if anything, is the failure's reason: the rules need more than a schema knows. */
export const ChosenPassword = z.string().min(1).max(256);

export const ChangePasswordInput = z.object({ oldPassword: z.string().min(1).max(256), newPassword: ChosenPassword });
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>;

/** One of the person's own sessions. */
export const OwnSessionView = z.object({
  sessionId: Id,
  /** A browser, or a client of the person's own with a bearer token. */
  kind: z.enum(['browser', 'machine']),
  /** As `Edge · Windows`; null: it did not say, or not in known words. */
  browser: z.string().nullable(),
  /** Where it was opened from, no finer than `10.1.2.*` or the first 64 bits of an IPv6 address; null: not known. */
  addressRange: z.string().nullable(),
  /** Where the person acts in it: the facility of its appointment, and the role there. */
  facilityName: z.string(),
  role: Role,
  openedAt: Instant,
  /** To the minute. */
  usedAt: Instant,
  isThis: z.boolean(),
});
export type OwnSessionView = z.infer<typeof OwnSessionView>;

/** One attempt to sign in with the person's own account. */
export const SignInEventView = z.object({
  at: Instant,
  /** `locked`: the attempt that closed the account to the place it came from. `factor-refused`: the password was right, the second factor was not. `passkey`: in place of the password. */
  kind: z.enum([
    'signed-in',
    'passkey',
    'token',
    'refused',
    'factor-refused',
    'passkey-refused',
    'locked',
    'link-used',
  ]),
  browser: z.string().nullable(),
  /** Of `link-used`, by which a password was set: who made the link; empty: whoever runs the machine, or not known. */
  linkBy: z.string().nullable(),
});
export type SignInEventView = z.infer<typeof SignInEventView>;
