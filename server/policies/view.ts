import { type Caller, roleOf } from '../access/caller.ts';
import type { PersonView, ProposalView } from '../contract/index.ts';
import { changesOf, type Decider, type Proposal, proposalActions, proposalState } from './proposal.ts';

export type FindPeople = (
  accountIds: string[],
) => Promise<ReadonlyMap<string, Pick<PersonView, 'name' | 'facilityName'>>>;

export async function viewProposals(
  findPeople: FindPeople,
  proposals: readonly Proposal[],
  decider: Decider,
  at: Date,
): Promise<ProposalView[]> {
  const people = await findPeople(
    proposals.flatMap(({ proposedById, accountId, decision }) =>
      [proposedById, accountId, decision?.byId].filter((id) => typeof id === 'string'),
    ),
  );
  const nameOf = (accountId: string) => people.get(accountId)?.name ?? '';
  return proposals.map((proposal) => {
    const { proposalId, subject, accountId, reason, proposedAt, expiresAt, decision } = proposal;
    const facilityName = people.get(accountId ?? '')?.facilityName ?? '';
    return {
      proposalId,
      subject,
      person: accountId === null ? null : { accountId, name: nameOf(accountId), facilityName },
      changes: changesOf(proposal),
      reason,
      state: proposalState(proposal, at),
      proposedBy: { name: nameOf(proposal.proposedById), role: proposal.proposedByRole },
      proposedAt,
      expiresAt,
      decidedBy: decision && { name: nameOf(decision.byId), role: decision.byRole },
      decidedAt: decision?.at ?? null,
      decisionReason: decision?.reason ?? null,
      actions: proposalActions(decider, proposal, at),
    };
  });
}

export function toDecider(caller: Caller, account: { isDemo: boolean } | undefined): Decider {
  return { accountId: caller.accountId, role: roleOf(caller), isDemo: account?.isDemo ?? false };
}
