import type { Asked } from '../access/asked.ts';
import { isActive } from '../access/grant.ts';
import { accessEnd, actionsOn, findBasis } from '../access/may.ts';
import { findPeople } from '../accounts/person.ts';
import type { CaseViewerView } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import { listActors } from './actors.ts';
import { getCaseAccess } from './case-access.ts';

/**
 * Everybody who may see the case now, and why: each person who holds a grant is asked about, as they are today, by the rules that
 * every request is judged by. Those who act for it stand first.
 * @throws Failure not-found to whoever may not see the case themselves.
 */
export async function listViewers(
  { work }: { work: Work<'accounts' | 'consultations' | 'facilities' | 'practitioners'> },
  { caller, at }: Asked,
  consultationId: string,
): Promise<CaseViewerView[]> {
  const { read } = work;
  const { consultation } = await getCaseAccess(read, caller, consultationId, at);
  const grants = await read.consultations.listGrants(consultationId);
  const actors = await listActors(read, grants, at);
  const accounts = await read.accounts.findMany([...new Set(actors.map(({ accountId }) => accountId))]);
  const isOpen = new Set(accounts.filter((one) => one.isActive).map(({ accountId }) => accountId));
  const viewers: CaseViewerView[] = [];
  for (const actor of actors) {
    const basis = findBasis(actor, grants, at);
    const person = (await findPeople(read, [actor])).get(actor.accountId);
    if (!basis || !person || !isOpen.has(actor.accountId)) continue;
    const own = grants.filter((one) => one.accountId === person.accountId && isActive(one, at));
    const standing = { actor, consultation, grants, facts: { callActive: false }, at };
    viewers.push({
      person: { ...person, role: actor.role },
      basis,
      since: own.map((one) => one.fromAt).toSorted()[0] ?? at.toISOString(),
      until: accessEnd(actor, grants, at),
      revealsPatient: actionsOn(standing).includes('reveal-patient'),
    });
  }
  return viewers.sort((a, b) => ORDER.indexOf(a.basis) - ORDER.indexOf(b.basis) || a.since.localeCompare(b.since));
}

const ORDER: readonly CaseViewerView['basis'][] = [
  'requester',
  'assignment',
  'invitation',
  'coordination',
  'duty-pool',
];
