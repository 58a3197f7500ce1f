import type { ConsultationSummary } from '../../../server/contract/consultation.ts';
import type { WorkListCounts, WorkListName } from '../../../server/contract/work-list.ts';

export const LISTS: readonly WorkListName[] = ['mine', 'running', 'finished', 'drafts'];

/** What is shown first: what waits for the person, or else what is under way. */
export function firstList(counts: WorkListCounts): WorkListName {
  return counts.mine === 0 && counts.running > 0 ? 'running' : 'mine';
}

/** Since when the case waits for whoever is next: since it was submitted where nobody has taken it, else since its last change. */
export function waitingSince(line: ConsultationSummary): string {
  return line.state === 'submitted' ? (line.submittedAt ?? line.changedAt) : line.changedAt;
}

export function addressOfCase(line: ConsultationSummary): string {
  const page = `/consultations/${line.consultationId}`;
  return line.state === 'draft' && line.actions.includes('edit') ? `${page}/edit` : page;
}
