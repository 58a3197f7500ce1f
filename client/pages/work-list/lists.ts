import type { ConsultationState, ConsultationSummary, Urgency } from '../../../server/contract/consultation.ts';

export const LISTS = ['mine', 'running', 'finished', 'drafts'] as const;
export type ListName = (typeof LISTS)[number];

const LIST_OF_STATE: Record<ConsultationState, Exclude<ListName, 'mine'>> = {
  draft: 'drafts',
  submitted: 'running',
  supplement: 'running',
  accepted: 'running',
  'in-consultation': 'running',
  issued: 'finished',
  acknowledged: 'finished',
  declined: 'finished',
  cancelled: 'finished',
};

const URGENCY_RANK: Record<Urgency, number> = { emergency: 0, urgent: 1, routine: 2 };

/** Sorts the cases into the four lists. What waits for me: the most urgent first, then whoever has waited longest; elsewhere the latest change first. */
export function sortIntoLists(cases: ConsultationSummary[]): Record<ListName, ConsultationSummary[]> {
  const lists: Record<ListName, ConsultationSummary[]> = { mine: [], running: [], finished: [], drafts: [] };
  for (const line of cases) {
    if (line.needsMe) lists.mine.push(line);
    lists[LIST_OF_STATE[line.state]].push(line);
  }
  const rank = (line: ConsultationSummary) => (line.urgency ? URGENCY_RANK[line.urgency] : 3);
  lists.mine.sort((a, b) => rank(a) - rank(b) || waitingSince(a).localeCompare(waitingSince(b)));
  for (const name of ['running', 'finished', 'drafts'] as const)
    lists[name].sort((a, b) => b.changedAt.localeCompare(a.changedAt));
  return lists;
}

/** Since when the case waits for whoever is next: since it was submitted where nobody has taken it, else since its last change. */
export function waitingSince(line: ConsultationSummary): string {
  return line.state === 'submitted' ? (line.submittedAt ?? line.changedAt) : line.changedAt;
}

export function addressOfCase(line: ConsultationSummary): string {
  const page = `/consultations/${line.consultationId}`;
  return line.state === 'draft' && line.actions.includes('edit') ? `${page}/edit` : page;
}
