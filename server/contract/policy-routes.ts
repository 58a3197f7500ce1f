import { z } from 'zod';
import {
  PoliciesView,
  ProposalInput,
  ProposalReasonInput,
  ProposalsPage,
  ProposalsQuery,
  ProposalView,
} from './policies.ts';
import { Id } from './primitives.ts';
import { route } from './route.ts';

const proposal = z.object({ proposalId: Id });

/** The platform's policies, and changes of them that need two of its three administrators. */
export const policyRoutes = {
  'policies:read': route('GET', '/api/policies', { reply: PoliciesView }),
  /** 20 at a time. */
  'proposals:list': route('GET', '/api/policies/proposals', { query: ProposalsQuery, reply: ProposalsPage }),
  'proposal:make': route('POST', '/api/policies/proposals', { body: ProposalInput, reply: ProposalView, status: 201 }),
  /** From then on it holds. */
  'proposal:confirm': route('POST', '/api/policies/proposals/:proposalId/confirmation', {
    params: proposal,
    reply: ProposalView,
  }),
  'proposal:refuse': route('POST', '/api/policies/proposals/:proposalId/refusal', {
    params: proposal,
    body: ProposalReasonInput,
    reply: ProposalView,
  }),
  'proposal:withdraw': route('POST', '/api/policies/proposals/:proposalId/withdrawal', {
    params: proposal,
    reply: ProposalView,
  }),
} as const;
