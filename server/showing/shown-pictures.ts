import { demonstrationActions, mayShow } from '../access/demonstrations.ts';
import type { FindShown, ShownPictures } from '../archive/picture-home.ts';
import { Failure } from '../contract/index.ts';
import { getDemonstration } from '../demonstrations/demonstration-access.ts';
import type { ShowingParts } from './parts.ts';

/** Hundreds fetch hundreds of frames each: who may do so is asked once a second for each of them. */
const KEPT_MS = 1_000;
const MOST_KEPT = 5_000;

/** Which pictures a demonstration hands to whoever is in its hall: to those who may show what may be shown, to the others what is shown now. */
export function findShownPictures(
  parts: Pick<ShowingParts, 'work' | 'seal' | 'isHallReady' | 'showables'>,
  nowMs: () => number = Date.now,
): { find: FindShown; forget(demonstrationId: string): void } {
  const kept = new Map<string, { atMs: number; found: Promise<ShownPictures> }>();
  const look: FindShown = async ({ caller, at }, demonstrationId) => {
    const { read } = parts.work;
    const { demonstration, standing } = await getDemonstration(parts, read, caller, demonstrationId, { at });
    const { consultationId } = demonstration;
    const actions = demonstrationActions(standing);
    const showing = await read.showings.find(demonstrationId);
    if (consultationId === null || !actions.includes('join-hall'))
      throw new Failure('not-found', 'nothing is shown to them');
    const showables = await parts.showables.listKept(read, demonstration);
    const isAll = mayShow(standing, showing.named);
    const open = showables.filter(({ material }) => isAll || material.materialId === showing.materialId);
    return { consultationId, holds: (id) => open.some(({ holds }) => holds.has(id)) };
  };
  return {
    find(asked, demonstrationId) {
      const key = `${demonstrationId} ${asked.caller.sessionId}`;
      const known = kept.get(key);
      if (known && nowMs() - known.atMs < KEPT_MS) return known.found;
      const found = look(asked, demonstrationId);
      kept.delete(key);
      kept.set(key, { atMs: nowMs(), found });
      found.catch(() => kept.delete(key));
      if (kept.size > MOST_KEPT) for (const [old, { atMs }] of kept) if (nowMs() - atMs >= KEPT_MS) kept.delete(old);
      return found;
    },
    forget(demonstrationId) {
      for (const key of kept.keys()) if (key.startsWith(demonstrationId)) kept.delete(key);
    },
  };
}
