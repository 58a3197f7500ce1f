import type { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';

export interface Attempt<Item> {
  item: Item;
  failure: Failure;
}

/** Does the same with one after the other. Whatever fails stops nothing: it is told at the end. */
export async function oneByOne<Item, Done>(
  items: readonly Item[],
  act: (item: Item) => Promise<Done>,
  onProgress: (done: number) => void,
): Promise<{ done: Done[]; failed: Attempt<Item>[] }> {
  const done: Done[] = [];
  const failed: Attempt<Item>[] = [];
  for (const [index, item] of items.entries()) {
    onProgress(index);
    try {
      done.push(await act(item));
    } catch (thrown) {
      failed.push({ item, failure: toFailure(thrown) });
    }
  }
  return { done, failed };
}
