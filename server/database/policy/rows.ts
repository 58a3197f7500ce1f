import { EntitySchema } from 'typeorm';
import type { PolicyName, PolicyValues, ProposalSubject, Role } from '../../contract/index.ts';
import type { Proposal } from '../../policies/proposal.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, nullable, primary } from '../columns.ts';

export interface PolicyRecord {
  policyId: PolicyName;
  version: number;
  value: PolicyValues[PolicyName];
}

export const PolicyRow = new EntitySchema<PolicyRecord>({
  name: 'policy',
  columns: {
    policyId: primary({ type: 'varchar', length: 16 }),
    version: integerColumn,
    value: jsonColumn,
  },
});

export interface ProposalRecord {
  proposalId: string;
  subject: ProposalSubject;
  accountId: string | null;
  baseVersion: number;
  valueBefore: Proposal['before'];
  valueAfter: Proposal['after'];
  reason: string;
  proposedById: string;
  proposedByRole: Role;
  isDemo: boolean;
  proposedAt: string;
  expiresAt: string;
  decision: NonNullable<Proposal['decision']>['kind'] | null;
  decidedById: string | null;
  decidedByRole: Role | null;
  decidedAt: string | null;
  decisionReason: string | null;
}

export const ProposalRow = new EntitySchema<ProposalRecord>({
  name: 'policy_proposal',
  columns: {
    proposalId: primary(idColumn),
    subject: { type: 'varchar', length: 16 },
    accountId: nullable(idColumn),
    baseVersion: integerColumn,
    valueBefore: jsonColumn,
    valueAfter: jsonColumn,
    reason: { type: 'varchar', length: 1000 },
    proposedById: idColumn,
    proposedByRole: { type: 'varchar', length: 32 },
    isDemo: { type: 'boolean' },
    proposedAt: instantColumn,
    expiresAt: instantColumn,
    decision: { type: 'varchar', length: 16, nullable: true },
    decidedById: nullable(idColumn),
    decidedByRole: { type: 'varchar', length: 32, nullable: true },
    decidedAt: nullable(instantColumn),
    decisionReason: { type: 'varchar', length: 1000, nullable: true },
  },
});
