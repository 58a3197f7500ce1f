import { z } from 'zod';
import { Role } from './account.ts';
import { CalendarDate, Id, Instant } from './primitives.ts';

/** Roles that must have a second factor, and how fresh it must be for signing. */
export const SecondFactorPolicy = z.object({
  /** Each from the beginning of a day in China on. */
  required: z.array(z.object({ role: Role, fromDay: CalendarDate })).max(Role.options.length),
  /** A report is signed only within so many minutes after the second factor was shown; null: the password is enough. */
  signingMinutes: z.number().int().min(1).max(720).nullable(),
});
export type SecondFactorPolicy = z.infer<typeof SecondFactorPolicy>;

/** When a browser's session ends. null: as the server's environment says, which is also the most that a policy gives. */
export const SessionPolicy = z.object({
  idleMinutes: z.number().int().min(5).max(1440).nullable(),
  hours: z.number().int().min(1).max(168).nullable(),
});
export type SessionPolicy = z.infer<typeof SessionPolicy>;

/**
 * NIST SP 800-63B-4 section 3.1.1.2: a length, no rules on kinds of characters, no expiry. That common passwords are refused is no
 * matter of policy.
 */
export const PasswordPolicy = z.object({
  minLength: z.number().int().min(8).max(64),
  /** So many wrong ones at a sign-in close the account to the place they came from. */
  attempts: z.number().int().min(3).max(10),
});
export type PasswordPolicy = z.infer<typeof PasswordPolicy>;

export const PolicyName = z.enum(['second-factor', 'sessions', 'passwords']);
export type PolicyName = z.infer<typeof PolicyName>;

export interface PolicyValues {
  'second-factor': SecondFactorPolicy;
  sessions: SessionPolicy;
  passwords: PasswordPolicy;
}

/** What a proposal is about: one of the policies, or who holds one of the platform's three offices. */
export const ProposalSubject = z.enum([...PolicyName.options, 'platform-role']);
export type ProposalSubject = z.infer<typeof ProposalSubject>;

const Reason = z.string().trim().max(1000);
const versioned = { version: z.number().int().min(0), reason: Reason };

/** A policy names the version that it was made on, as everywhere. */
export const ProposalInput = z.discriminatedUnion('subject', [
  z.object({ subject: z.literal('second-factor'), value: SecondFactorPolicy, ...versioned }),
  z.object({ subject: z.literal('sessions'), value: SessionPolicy, ...versioned }),
  z.object({ subject: z.literal('passwords'), value: PasswordPolicy, ...versioned }),
  z.object({ subject: z.literal('platform-role'), accountId: Id, role: Role, reason: Reason }),
]);
export type ProposalInput = z.infer<typeof ProposalInput>;

export const ProposalReasonInput = z.object({ reason: Reason });

export const ProposalState = z.enum(['open', 'confirmed', 'refused', 'withdrawn', 'expired']);
export type ProposalState = z.infer<typeof ProposalState>;

/** What the caller may do with a proposal now; computed by the server. */
export const ProposalAction = z.enum(['confirm', 'refuse', 'withdraw']);
export type ProposalAction = z.infer<typeof ProposalAction>;

const ProposalActor = z.object({ name: z.string(), role: Role });

export const ProposalView = z.object({
  proposalId: Id,
  subject: ProposalSubject,
  /** Whose office it is about; null: a policy. */
  person: z.object({ accountId: Id, name: z.string(), facilityName: z.string() }).nullable(),
  /** Each field that changes: what it is, and what it would become. */
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  reason: z.string(),
  state: ProposalState,
  /** In the role in which it was done. */
  proposedBy: ProposalActor,
  proposedAt: Instant,
  /** Until when it can be confirmed. */
  expiresAt: Instant,
  decidedBy: ProposalActor.nullable(),
  decidedAt: Instant.nullable(),
  decisionReason: z.string().nullable(),
  actions: z.array(ProposalAction),
});
export type ProposalView = z.infer<typeof ProposalView>;

const inForce = <Value extends z.ZodType>(value: Value) => z.object({ version: z.number().int(), value });

export const PoliciesView = z.object({
  policies: z.object({
    'second-factor': inForce(SecondFactorPolicy),
    sessions: inForce(SessionPolicy),
    passwords: inForce(PasswordPolicy),
  }),
  /** As the server's environment says: where no policy does, and the most that one gives. */
  bounds: z.object({ idleMinutes: z.number(), hours: z.number() }),
  /** Those that are open, the latest first. */
  proposals: z.array(ProposalView),
  mayPropose: z.boolean(),
  /** How many could confirm now what the caller proposes; 0: nobody yet. */
  confirmers: z.number().int(),
});
export type PoliciesView = z.infer<typeof PoliciesView>;

export const ProposalsQuery = z.object({ page: z.coerce.number().int().min(1).max(1000).default(1) });
export type ProposalsQuery = z.infer<typeof ProposalsQuery>;

/** Those that were decided or have expired, the latest first. */
export const ProposalsPage = z.object({ proposals: z.array(ProposalView), total: z.int() });
export type ProposalsPage = z.infer<typeof ProposalsPage>;
