import { findPeople } from '../accounts/person.ts';
import type { Act, BoardAnnotation } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import type { StoredAct, StoredAnnotation } from './board.ts';

/** Annotations as they are shown: with the names of who drew and who last changed them. */
export async function nameAnnotations(
  stores: Pick<Stores, 'accounts' | 'facilities'>,
  stored: StoredAnnotation[],
): Promise<BoardAnnotation[]> {
  const people = await findPeople(
    stores,
    stored.flatMap(({ authorId, changedById }) => [authorId, changedById]),
  );
  const nameOf = (accountId: string): string => people.get(accountId)?.name ?? '';
  return stored.map((one) => ({ ...one, authorName: nameOf(one.authorId), changedByName: nameOf(one.changedById) }));
}

/** Acts as their maker's windows get them. */
export async function nameActs(stores: Pick<Stores, 'accounts' | 'facilities'>, stored: StoredAct[]): Promise<Act[]> {
  const people = await findPeople(
    stores,
    stored.map(({ authorId }) => authorId),
  );
  return stored.map(({ actId, annotationId, target, before, after, authorId, undone }) => ({
    actId,
    annotationId,
    target,
    before,
    after,
    authorId,
    authorName: people.get(authorId)?.name ?? '',
    undone,
  }));
}
