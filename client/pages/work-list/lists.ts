import { ConsultationState, type ConsultationSummary } from '../../../server/contract/consultation.ts';
import {
  LIST_OF_STATE,
  type WorkListCounts,
  type WorkListFilter,
  type WorkListName,
} from '../../../server/contract/work-list.ts';

export const LISTS: readonly WorkListName[] = ['mine', 'running', 'finished', 'drafts'];

/** Nothing is to be done any more in these, or nobody has been asked yet. */
const WAITING_FOR_NOBODY: readonly ConsultationState[] = ['draft', 'declined', 'cancelled'];

/** The states that a case of the list may be in. */
export function statesOf(list: WorkListName): ConsultationState[] {
  return ConsultationState.options.filter((state) =>
    list === 'mine' ? !WAITING_FOR_NOBODY.includes(state) : LIST_OF_STATE[state] === list,
  );
}

/** What narrows this list: a state that it does not know is left out. */
export function filterFor(list: WorkListName, filter: WorkListFilter): WorkListFilter {
  const { state, ...others } = filter;
  return state === undefined || statesOf(list).includes(state) ? filter : others;
}

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
