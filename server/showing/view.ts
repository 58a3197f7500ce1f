import { findPeople } from '../accounts/person.ts';
import type { Presenter, ShowingView, ShownMark } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import { type Showable, showableOf } from './showable.ts';
import type { StoredMark, StoredShowing } from './store.ts';

type NamingStores = Pick<Stores, 'accounts' | 'facilities'>;

/** @param showables what may be shown: what was taken off since is not shown to anybody who comes in now */
export async function toShowingView(
  stores: NamingStores,
  { materialId, presenter, named, version }: StoredShowing,
  showables: readonly Showable[],
): Promise<ShowingView> {
  const people = await findPeople(stores, named);
  const shown = showables.find(({ material }) => material.materialId === materialId);
  return {
    material: shown?.material ?? null,
    presenter,
    named: named.flatMap((accountId) => people.get(accountId) ?? []),
    version,
    showable: showables.map(({ material }) => material.materialId),
  };
}

/** Marks on these pictures above a revision, those taken away too. */
export async function listMarksOn(
  stores: NamingStores & Pick<Stores, 'showings'>,
  demonstrationId: string,
  showables: readonly Showable[],
  sinceRevision = 0,
): Promise<ShownMark[]> {
  if (showables.length === 0) return [];
  const marks = await stores.showings.listMarksSince(demonstrationId, sinceRevision);
  return nameMarks(
    stores,
    marks.filter(({ target }) => showableOf(showables, target) !== undefined),
  );
}

export async function nameMarks(stores: NamingStores, marks: readonly StoredMark[]): Promise<ShownMark[]> {
  const people = await findPeople(
    stores,
    marks.flatMap(({ authorId, changedById }) => [authorId, changedById]),
  );
  const nameOf = (accountId: string): string => people.get(accountId)?.name ?? '';
  return marks.map((mark) => ({
    ...mark,
    authorName: nameOf(mark.authorId),
    changedByName: nameOf(mark.changedById),
  }));
}

export const isSamePresenter = (one: Presenter | null, other: Presenter | null): boolean =>
  one?.accountId === other?.accountId && one?.peerId === other?.peerId;
