import type { PolicyName, PolicyValues, ProposalSubject } from '../contract/index.ts';
import type { Proposal } from './proposal.ts';

export interface StoredPolicy<Name extends PolicyName> {
  /** Rises with every change. */
  version: number;
  value: PolicyValues[Name];
}

export interface PolicyStore {
  /** undefined: nobody has set it yet. */
  find<Name extends PolicyName>(name: Name): Promise<StoredPolicy<Name> | undefined>;
  put<Name extends PolicyName>(name: Name, policy: StoredPolicy<Name>): Promise<void>;

  insertProposal(proposal: Proposal): Promise<void>;
  findProposals(proposalIds: readonly string[]): Promise<Proposal[]>;
  /** Those that nobody has decided, expired ones too. @param accountId of an office: whose; null: a policy. */
  listUndecided(subject: ProposalSubject, accountId: string | null): Promise<Proposal[]>;
  /** Those that can still be decided, the latest first. */
  listOpen(at: Date): Promise<Proposal[]>;
  /** Those that were decided or have expired, the latest first. @param page from 1 */
  listSettled(query: { at: Date; page: number; limit: number }): Promise<{ proposals: Proposal[]; total: number }>;
  /** @returns whether it was still undecided: of two who decide at once one does. */
  decide(proposalId: string, decision: NonNullable<Proposal['decision']>): Promise<boolean>;
}
