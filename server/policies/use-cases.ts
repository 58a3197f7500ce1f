import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import { isPlatformRole } from '../access/platform-roles.ts';
import { recordAct } from '../audit/record.ts';
import {
  Failure,
  type PoliciesView,
  type ProposalInput,
  type ProposalsPage,
  type ProposalsQuery,
  type ProposalView,
} from '../contract/index.ts';
import type { Stores, Work } from '../store/stores.ts';
import { listConfirmers } from './confirmers.ts';
import { findPolicy, type SessionLimits } from './policy.ts';
import {
  changesOf,
  type Decider,
  mayPropose,
  PROPOSAL_MS,
  type Proposal,
  type Proposed,
  proposalState,
} from './proposal.ts';
import { type FindPeople, toDecider, viewProposals } from './view.ts';

export type PolicyStores = Pick<Stores, 'accounts' | 'audit' | 'policies'>;

export interface PolicyParts {
  work: Work<'accounts' | 'audit' | 'policies'>;
  bounds: SessionLimits;
  findPeople: FindPeople;
  /** Gives the person another role, in the transaction that confirms it. @throws Failure where it is not as it was, or nobody would be left */
  changeRole(
    stores: PolicyStores,
    accountId: string,
    change: Extract<Proposed, { subject: 'platform-role' }> & { at: Date },
  ): Promise<void>;
  /** Whoever confirms has just shown their second factor, where they have one. @throws Failure conflict / second-factor-stale */
  requireJustShown(asked: Asked): Promise<void>;
  /** Tells those who could confirm it, once it is committed. */
  tell(proposal: Proposal, accountIds: readonly string[], at: Date): Promise<void>;
}

const PAGE_LENGTH = 20;

export async function findDecider(stores: Pick<Stores, 'accounts'>, { caller }: Asked): Promise<Decider> {
  return toDecider(caller, await stores.accounts.find(caller.accountId));
}

export async function readPolicies({ work, bounds, findPeople }: PolicyParts, asked: Asked): Promise<PoliciesView> {
  requirePermission(asked.caller, 'policy:read');
  const { read } = work;
  const decider = await findDecider(read, asked);
  const proposals = await read.policies.listOpen(asked.at);
  const { accountId, role, isDemo } = decider;
  const confirmers = await listConfirmers(read, {
    proposedById: accountId,
    proposedByRole: role,
    isDemo,
    accountId: null,
  });
  return {
    policies: {
      'second-factor': await findPolicy(read, 'second-factor'),
      sessions: await findPolicy(read, 'sessions'),
      passwords: await findPolicy(read, 'passwords'),
    },
    bounds: { idleMinutes: bounds.idleMs / 60_000, hours: bounds.absoluteMs / 3_600_000 },
    proposals: await viewProposals(findPeople, proposals, decider, asked.at),
    mayPropose: mayPropose(decider),
    confirmers: confirmers.length,
  };
}

/** What became of earlier proposals, page by page. */
export async function listSettledProposals(
  { work, findPeople }: PolicyParts,
  asked: Asked,
  { page }: ProposalsQuery,
): Promise<ProposalsPage> {
  const { at, caller } = asked;
  requirePermission(caller, 'policy:read');
  const { proposals, total } = await work.read.policies.listSettled({ at, page, limit: PAGE_LENGTH });
  return { proposals: await viewProposals(findPeople, proposals, await findDecider(work.read, asked), at), total };
}

/**
 * @throws Failure forbidden, invalid-message / reason-missing, conflict / version-outdated, proposal-open where one about the same
 * is open, or proposal-changes-nothing
 */
export async function makeProposal(parts: PolicyParts, asked: Asked, input: ProposalInput): Promise<ProposalView> {
  requirePermission(asked.caller, 'policy:propose');
  if (input.reason === '') throw new Failure('invalid-message', 'no reason was given', { reason: 'reason-missing' });
  const proposalId = randomUUID();
  const decider = await findDecider(parts.work.read, asked);
  const proposal = await parts.work.write(async (stores) => {
    // First: of two who propose at once the second waits here, and finds the first one's.
    await recordAct(stores.audit, asked, {
      action: 'proposal:make',
      ...subjectOf(input),
      detail: {
        proposalId,
        ...(input.subject === 'platform-role' ? { role: input.role } : input.value),
        reason: input.reason,
      },
    });
    const { baseVersion, ...proposed } = await findProposed(stores, input);
    const made: Proposal = {
      ...proposed,
      proposalId,
      baseVersion,
      reason: input.reason,
      proposedById: decider.accountId,
      proposedByRole: decider.role,
      isDemo: decider.isDemo,
      proposedAt: asked.at.toISOString(),
      expiresAt: new Date(asked.at.getTime() + PROPOSAL_MS).toISOString(),
      decision: null,
    };
    const before = await stores.policies.listUndecided(made.subject, made.accountId);
    if (before.some((one) => proposalState(one, asked.at) === 'open'))
      throw new Failure('conflict', 'a proposal about the same is open', { reason: 'proposal-open' });
    if (changesOf(made).length === 0)
      throw new Failure('conflict', 'it is so already', { reason: 'proposal-changes-nothing' });
    await stores.policies.insertProposal(made);
    return made;
  });
  await parts.tell(proposal, await listConfirmers(parts.work.read, proposal), asked.at);
  return viewOne(parts, asked, proposal, decider);
}

/** What the audit trail says that it is about. */
export function subjectOf({ subject, accountId }: { subject: Proposal['subject']; accountId?: string | null }) {
  return typeof accountId === 'string'
    ? { subjectKind: 'account', subjectId: accountId }
    : { subjectKind: 'policy', subjectId: subject };
}

async function findProposed(stores: PolicyStores, input: ProposalInput): Promise<Proposed & { baseVersion: number }> {
  if (input.subject === 'platform-role') {
    const { accountId, role } = input;
    const account = await stores.accounts.find(accountId);
    if (!account || account.isDemo) throw new Failure('not-found', 'no such person');
    if (!isPlatformRole(account.role) && !isPlatformRole(role))
      throw new Failure('conflict', 'neither is an office of the platform', { reason: 'proposal-changes-nothing' });
    const before = { role: account.role, isActive: account.isActive };
    const after = { role, isActive: account.isActive || isPlatformRole(role) };
    return { subject: input.subject, accountId, before, after, baseVersion: 0 };
  }
  const { subject, value, version } = input;
  const stored = await findPolicy(stores, subject);
  if (stored.version !== version)
    throw new Failure('conflict', `made on version ${version}, stored is ${stored.version}`, {
      reason: 'version-outdated',
    });
  return { subject, accountId: null, before: stored.value, after: value, baseVersion: version } as Proposed & {
    baseVersion: number;
  };
}

export async function viewOne(
  { findPeople }: Pick<PolicyParts, 'findPeople'>,
  { at }: Asked,
  proposal: Proposal,
  decider: Decider,
): Promise<ProposalView> {
  const [view] = await viewProposals(findPeople, [proposal], decider, at);
  if (!view) throw new Error('a proposal without a view');
  return view;
}
