import type { Asked } from '../access/asked.ts';
import { mayShow } from '../access/demonstrations.ts';
import { Failure } from '../contract/index.ts';
import type { Demonstration } from '../demonstrations/demonstration.ts';
import { getDemonstrationFor } from '../demonstrations/demonstration-access.ts';
import type { ShowingParts } from './parts.ts';
import type { StoredShowing } from './store.ts';

type ShowingStores = ShowingParts['work']['read'];

export interface FoundShowing {
  demonstration: Demonstration;
  showing: StoredShowing;
  mayShow: boolean;
}

/** For whoever is in the hall. @throws Failure as `getDemonstrationFor` for `join-hall` */
export async function getShowing(
  parts: Pick<ShowingParts, 'seal' | 'isHallReady'>,
  stores: ShowingStores,
  { caller, at }: Asked,
  demonstrationId: string,
  { lock = false } = {},
): Promise<FoundShowing> {
  const options = { at, lock };
  const { demonstration, standing } = await getDemonstrationFor(
    parts,
    stores,
    caller,
    demonstrationId,
    'join-hall',
    options,
  );
  const showing = await stores.showings.find(demonstrationId);
  return { demonstration, showing, mayShow: mayShow(standing, showing.named) };
}

/** As {@link getShowing}, held until the transaction ends. @throws Failure forbidden to whoever may not show */
export async function lockShowing(
  parts: Pick<ShowingParts, 'seal' | 'isHallReady'>,
  stores: ShowingStores,
  asked: Asked,
  demonstrationId: string,
): Promise<FoundShowing> {
  const found = await getShowing(parts, stores, asked, demonstrationId, { lock: true });
  if (!found.mayShow) throw new Failure('forbidden', 'nobody let them show anything');
  return found;
}
