import { demonstrationActions } from '../access/demonstrations.ts';
import type { FoundDemonstration } from '../demonstrations/demonstration-access.ts';
import { findKeyImageIds } from './key-images.ts';
import type { TimelineParts } from './timeline/parts.ts';
import { findReplayed, replayedIds } from './timeline/replayed.ts';

/** Which materials a demonstration that is over hands to somebody: of its replay and of its key images; undefined: they may have neither before them. */
export async function findSeenAgain(
  parts: Pick<TimelineParts, 'work' | 'showables'>,
  { demonstration, standing }: Pick<FoundDemonstration, 'demonstration' | 'standing'>,
): Promise<ReadonlySet<string> | undefined> {
  const actions = demonstrationActions(standing);
  const seesReplay = actions.includes('watch-replay') || actions.includes('review-replay');
  const isMaker = actions.includes('read-key-images');
  const seesKeyImages = isMaker || actions.includes('watch-replay');
  if (!seesReplay && !seesKeyImages) return undefined;
  const replayed = seesReplay ? replayedIds(await findReplayed(parts.work.read, demonstration)) : [];
  return new Set([...replayed, ...(seesKeyImages ? await findKeyImageIds(parts, demonstration, isMaker) : [])]);
}
