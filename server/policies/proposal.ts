import { isPlatformRole, type PlatformRole } from '../access/platform-roles.ts';
import {
  Failure,
  type PolicyName,
  type PolicyValues,
  type ProposalAction,
  type ProposalState,
  type Role,
} from '../contract/index.ts';

/** A proposal that nobody has decided for so long cannot be confirmed any more: its reason has grown old. */
export const PROPOSAL_MS = 7 * 24 * 3_600_000;

export type Proposed =
  | {
      [Name in PolicyName]: { subject: Name; accountId: null; before: PolicyValues[Name]; after: PolicyValues[Name] };
    }[PolicyName]
  | { subject: 'platform-role'; accountId: string; before: OfficeStanding; after: OfficeStanding };

/** A disabled account that is given an office is open again. */
export interface OfficeStanding {
  role: Role;
  isActive: boolean;
}

/** A change that two of the platform's administrators make: one proposes it, one of another office confirms it. */
export type Proposal = Proposed & {
  proposalId: string;
  /** Of the policy that it was made on; 0 of an office. */
  baseVersion: number;
  reason: string;
  proposedById: string;
  proposedByRole: Role;
  /** By an account of the demo network, whose password is public. */
  isDemo: boolean;
  proposedAt: string;
  expiresAt: string;
  /** null: nobody has decided. */
  decision: {
    kind: 'confirmed' | 'refused' | 'withdrawn';
    byId: string;
    byRole: Role;
    at: string;
    reason: string | null;
  } | null;
};

/** Who is to decide. */
export interface Decider {
  accountId: string;
  role: Role;
  isDemo: boolean;
}

export function proposalState(
  { decision, expiresAt }: Pick<Proposal, 'decision' | 'expiresAt'>,
  at: Date,
): ProposalState {
  if (decision) return decision.kind;
  return at.toISOString() >= expiresAt ? 'expired' : 'open';
}

/** The audit administrator changes nothing, and therefore proposes nothing. */
const PROPOSING: readonly PlatformRole[] = ['admin', 'security-admin'];

export function mayPropose({ role }: { role: Role }): boolean {
  return (PROPOSING as readonly Role[]).includes(role);
}

/**
 * Whether somebody is the second of the two: of another office than the proposer, not the proposer in another office by now, and not
 * the person whose office it is about. A public password is nobody's second for a real account.
 */
export function isSecond(
  decider: Decider,
  proposal: Pick<Proposal, 'proposedById' | 'proposedByRole' | 'isDemo' | 'accountId'>,
): boolean {
  return (
    isPlatformRole(decider.role) &&
    decider.role !== proposal.proposedByRole &&
    ![proposal.proposedById, proposal.accountId].includes(decider.accountId) &&
    (!decider.isDemo || proposal.isDemo)
  );
}

/** Whatever its state is. */
function everAllowed(decider: Decider, proposal: Proposal): ProposalAction[] {
  if (decider.accountId === proposal.proposedById) return ['withdraw'];
  return isSecond(decider, proposal) ? ['confirm', 'refuse'] : [];
}

export function proposalActions(decider: Decider, proposal: Proposal, at: Date): ProposalAction[] {
  return proposalState(proposal, at) === 'open' ? everAllowed(decider, proposal) : [];
}

/** @throws Failure forbidden where it is never theirs, conflict / proposal-decided or proposal-expired */
export function requireProposalAction(action: ProposalAction, decider: Decider, proposal: Proposal, at: Date): void {
  if (!everAllowed(decider, proposal).includes(action)) throw new Failure('forbidden', `${action} is not allowed`);
  const state = proposalState(proposal, at);
  if (state !== 'open')
    throw new Failure('conflict', `the proposal is ${state}`, {
      reason: state === 'expired' ? 'proposal-expired' : 'proposal-decided',
    });
}

/** Field by field; a role that must have a second factor is a field of its own. */
export function changesOf({ before, after }: Pick<Proposal, 'before' | 'after'>) {
  const [was, becomes] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(becomes)])]
    .map((field) => ({ field, before: was[field] ?? null, after: becomes[field] ?? null }))
    .filter((change) => change.before !== change.after);
}

function fieldsOf(value: Proposal['before']): Record<string, unknown> {
  if (!('required' in value)) return { ...value };
  const { required, ...others } = value;
  return { ...Object.fromEntries(required.map(({ role, fromDay }) => [`required.${role}`, fromDay])), ...others };
}
