import { useEffect, useState } from 'react';
import type { WorkListFilter, WorkListSort } from '../../../server/contract/work-list.ts';
import { onInterruption } from '../../api/interruptions.ts';

export interface ListView {
  filter: WorkListFilter;
  /** undefined: the list's own order. */
  sort: WorkListSort | undefined;
}

const NOTHING: ListView = { filter: {}, sort: undefined };

/** Kept over a visit to a case. Not in the address: what is searched may be a patient's name. */
let kept: ListView = NOTHING;
onInterruption(({ kind }) => {
  if (kind === 'session-ended') kept = NOTHING;
});

/** What the list is narrowed to, and the way to change it. */
export function useListView() {
  const [view, setView] = useState(kept);
  useEffect(() => {
    kept = view;
  }, [view]);
  return {
    ...view,
    narrow(part: Partial<WorkListFilter>) {
      setView(({ filter, sort }) => {
        const all = Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined && value !== '');
        return { sort, filter: Object.fromEntries(all) as WorkListFilter };
      });
    },
    order: (sort: WorkListSort | undefined) => setView(({ filter }) => ({ filter, sort })),
    clear: () => setView(({ sort }) => ({ filter: {}, sort })),
  };
}
