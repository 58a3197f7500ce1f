import type { ConsultationSummary } from '../../../server/contract/consultation.ts';
import type {
  WorkListCounts,
  WorkListFilter,
  WorkListName,
  WorkListStates,
} from '../../../server/contract/work-list.ts';

export const LISTS: readonly WorkListName[] = ['mine', 'running', 'finished', 'drafts'];

/** What narrows this list: a state that it does not know is left out. */
export function filterFor(list: WorkListName, filter: WorkListFilter, states: WorkListStates): WorkListFilter {
  const { state, ...others } = filter;
  return state === undefined || states[list].includes(state) ? filter : others;
}

/** What is shown first: what waits for the person, or else what is under way. */
export function firstList(counts: WorkListCounts): WorkListName {
  return counts.mine === 0 && counts.running > 0 ? 'running' : 'mine';
}

export function addressOfCase(line: ConsultationSummary): string {
  const page = `/consultations/${line.consultationId}`;
  return line.awaiting === 'submission' && line.actions.includes('edit') ? `${page}/edit` : page;
}
