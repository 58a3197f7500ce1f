import { findPeople } from '../accounts/person.ts';
import type { Presenter, ShowingView, ShownMark } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import type { Showable } from './showable.ts';
import type { StoredMark, StoredShowing } from './store.ts';

type NamingStores = Pick<Stores, 'accounts' | 'facilities'>;

/** @param showables what may be shown: what was taken off since is not shown to anybody who comes in now */
export async function toShowingView(
  stores: NamingStores,
  { materialId, presenter, named }: StoredShowing,
  showables: readonly Showable[],
): Promise<ShowingView> {
  const people = await findPeople(stores, named);
  const shown = showables.find(({ material }) => material.materialId === materialId);
  return {
    material: shown?.material ?? null,
    presenter,
    named: named.flatMap((accountId) => people.get(accountId) ?? []),
  };
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
