import type { Asked } from '../access/asked.ts';
import { roleOf } from '../access/caller.ts';
import { permissionsOf } from '../access/may.ts';
import type { Changes } from '../audit/changes.ts';
import { recordAct } from '../audit/record.ts';
import { Failure, type ProposalView } from '../contract/index.ts';
import { findPolicy } from './policy.ts';
import { changesOf, type Proposal, requireProposalAction } from './proposal.ts';
import { findDecider, type PolicyParts, type PolicyStores, subjectOf, viewOne } from './use-cases.ts';

type DecisionKind = NonNullable<Proposal['decision']>['kind'];

const ACTIONS = { confirmed: 'confirm', refused: 'refuse', withdrawn: 'withdraw' } as const;

/**
 * Confirms, refuses or withdraws. What is confirmed holds from the commit on.
 * @throws Failure not-found, forbidden, invalid-message / reason-missing, conflict / proposal-decided, proposal-expired,
 * version-outdated, second-factor-stale; as `changeRole`
 */
export async function decideProposal(
  parts: PolicyParts,
  asked: Asked,
  proposalId: string,
  { kind, reason }: { kind: DecisionKind; reason: string | null },
): Promise<ProposalView> {
  const { caller, at } = asked;
  const decider = await findDecider(parts.work.read, asked);
  if (kind === 'confirmed' && permissionsOf(caller).includes('policy:read')) await parts.requireJustShown(asked);
  const proposal = await parts.work.write(async (stores) => {
    const found = permissionsOf(caller).includes('policy:read')
      ? (await stores.policies.findProposals([proposalId]))[0]
      : undefined;
    if (!found) throw new Failure('not-found', 'no such proposal');
    // First of what is read for the decision: of two who decide at once the second waits here.
    await recordAct(stores.audit, asked, {
      action: `proposal:${ACTIONS[kind]}`,
      ...subjectOf(found),
      detail: {
        proposalId,
        ...(kind === 'confirmed' && { changes: asChanges(found) }),
        ...(reason && { reason }),
      },
    });
    const [now] = await stores.policies.findProposals([proposalId]);
    if (!now) throw new Error('a proposal is gone');
    requireProposalAction(ACTIONS[kind], decider, now, at);
    if (reason === '') throw new Failure('invalid-message', 'no reason was given', { reason: 'reason-missing' });
    if (kind === 'confirmed') await carryOut(parts, stores, now, at);
    const decision = { kind, byId: caller.accountId, byRole: roleOf(caller), at: at.toISOString(), reason };
    if (!(await stores.policies.decide(proposalId, decision)))
      throw new Failure('conflict', 'somebody was quicker', { reason: 'proposal-decided' });
    return { ...now, decision };
  });
  return viewOne(parts, asked, proposal, decider);
}

/** What it does to the person or the policy, for their history. */
function asChanges(proposal: Proposal): Changes {
  return Object.fromEntries(changesOf(proposal).map(({ field, before, after }) => [field, { before, after }]));
}

async function carryOut(parts: PolicyParts, stores: PolicyStores, proposal: Proposal, at: Date): Promise<void> {
  if (proposal.subject === 'platform-role') {
    await parts.changeRole(stores, proposal.accountId, { ...proposal, at });
    return;
  }
  const { version } = await findPolicy(stores, proposal.subject);
  if (version !== proposal.baseVersion)
    throw new Failure('conflict', `made on version ${proposal.baseVersion}, stored is ${version}`, {
      reason: 'version-outdated',
    });
  await stores.policies.put(proposal.subject, { version: version + 1, value: proposal.after } as never);
}
