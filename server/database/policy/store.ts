import { type EntityManager, In, IsNull, LessThanOrEqual, MoreThan, Not } from 'typeorm';
import type { PolicyName } from '../../contract/index.ts';
import type { Proposal } from '../../policies/proposal.ts';
import type { PolicyStore, StoredPolicy } from '../../policies/store.ts';
import { insertRow } from '../insert-row.ts';
import { updateRow } from '../update-row.ts';
import { PolicyRow, type ProposalRecord, ProposalRow } from './rows.ts';

const LATEST_FIRST = { proposedAt: 'DESC', proposalId: 'ASC' } as const;

export function createPolicyStore(manager: EntityManager): PolicyStore {
  return {
    async find<Name extends PolicyName>(name: Name) {
      const found = await manager.findOneBy(PolicyRow, { policyId: name });
      return found ? ({ version: found.version, value: found.value } as StoredPolicy<Name>) : undefined;
    },
    async put(name, policy) {
      await manager.delete(PolicyRow, { policyId: name });
      await insertRow(manager, PolicyRow, { policyId: name, ...policy });
    },

    insertProposal: (proposal) => insertRow(manager, ProposalRow, toRecord(proposal)),
    findProposals: async (proposalIds) =>
      proposalIds.length === 0
        ? []
        : (await manager.findBy(ProposalRow, { proposalId: In([...proposalIds]) })).map(toProposal),
    listUndecided: async (subject, accountId) =>
      (await manager.findBy(ProposalRow, { subject, accountId: accountId ?? IsNull(), decision: IsNull() })).map(
        toProposal,
      ),
    listOpen: async (at) =>
      (
        await manager.find(ProposalRow, {
          where: { decision: IsNull(), expiresAt: MoreThan(at.toISOString()) },
          order: LATEST_FIRST,
        })
      ).map(toProposal),
    async listSettled({ at, page, limit }) {
      const [rows, total] = await manager.findAndCount(ProposalRow, {
        where: [{ decision: Not(IsNull()) }, { decision: IsNull(), expiresAt: LessThanOrEqual(at.toISOString()) }],
        order: LATEST_FIRST,
        skip: (page - 1) * limit,
        take: limit,
      });
      return { proposals: rows.map(toProposal), total };
    },
    decide: (proposalId, { kind, byId, byRole, at, reason }) =>
      updateRow(
        manager,
        ProposalRow,
        { proposalId, decision: IsNull() },
        { decision: kind, decidedById: byId, decidedByRole: byRole, decidedAt: at, decisionReason: reason },
      ),
  };
}

function toRecord({ before, after, decision, ...proposal }: Proposal): ProposalRecord {
  return {
    ...proposal,
    valueBefore: before,
    valueAfter: after,
    decision: decision?.kind ?? null,
    decidedById: decision?.byId ?? null,
    decidedByRole: decision?.byRole ?? null,
    decidedAt: decision?.at ?? null,
    decisionReason: decision?.reason ?? null,
  };
}

function toProposal(record: ProposalRecord): Proposal {
  const { valueBefore, valueAfter, decision, decidedById, decidedByRole, decidedAt, decisionReason, ...others } =
    record;
  const isDecided = decision !== null && decidedById !== null && decidedByRole !== null && decidedAt !== null;
  return {
    ...others,
    isDemo: Boolean(others.isDemo),
    before: valueBefore,
    after: valueAfter,
    decision: isDecided
      ? { kind: decision, byId: decidedById, byRole: decidedByRole, at: decidedAt, reason: decisionReason }
      : null,
  } as Proposal;
}
