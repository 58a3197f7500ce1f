import type { Asked } from '../access/asked.ts';
import { demonstrationActions, mayShow } from '../access/demonstrations.ts';
import type { FindShown } from '../archive/picture-home.ts';
import { Failure } from '../contract/index.ts';
import { type FoundDemonstration, getDemonstration } from '../demonstrations/demonstration-access.ts';
import type { ShowingParts } from './parts.ts';
import { createShared } from './shared.ts';
import { type Showable, shownOf } from './showable.ts';

/** Hundreds fetch hundreds of frames each: who may do so is asked once a second for each of them. */
const KEPT_MS = 1_000;
const MOST_KEPT = 5_000;
/** Each who still asks for the former picture has it looked up anew: so often at most. */
const ANEW_EVERY_MS = 200;

interface Found {
  consultationId: string;
  holds(id: string): boolean;
}

/** Which materials the demonstration hands to somebody once it is over; undefined: it is none that they may have before them. */
export type FindSeenAgain = (found: FoundDemonstration) => Promise<ReadonlySet<string> | undefined>;

export interface ShownPictureParts extends Pick<ShowingParts, 'work' | 'seal' | 'isHallReady' | 'showables'> {
  findSeenAgain: FindSeenAgain;
}

/**
 * Which pictures a demonstration hands to whoever is in its hall: to those who may show what may be shown, to the others what is shown now. To
 * whoever may see its replay or key images: what is seen in them, and still may be shown.
 */
export function findShownPictures(
  parts: ShownPictureParts,
  nowMs: () => number = Date.now,
): { find: FindShown; forget(demonstrationId: string): void } {
  const kept = new Map<string, { atMs: number; found: Promise<Found> }>();
  const shareLook = createShared<Found>(ANEW_EVERY_MS);
  const shareList = createShared<Showable[]>(ANEW_EVERY_MS);
  const listAnew = (demonstrationId: string): Promise<Showable[]> =>
    shareList(demonstrationId, async () => {
      const { read } = parts.work;
      const demonstration = await read.demonstrations.find(demonstrationId);
      return demonstration ? parts.showables.list(read, demonstration) : [];
    });
  const look = async ({ caller, at }: Asked, demonstrationId: string, isAnew: boolean): Promise<Found> => {
    const { read } = parts.work;
    const found = await getDemonstration(parts, read, caller, demonstrationId, { at });
    const { demonstration, standing } = found;
    const { consultationId } = demonstration;
    const isInHall = demonstrationActions(standing).includes('join-hall');
    const seenAgain = isInHall ? undefined : await parts.findSeenAgain(found);
    if (consultationId === null || (!isInHall && !seenAgain))
      throw new Failure('not-found', 'nothing is shown to them');
    const showing = await read.showings.find(demonstrationId);
    const showables = await (isAnew ? listAnew(demonstrationId) : parts.showables.listKept(read, demonstration));
    const isOpen = mayShow(standing, showing.named);
    const open = seenAgain
      ? showables.filter(({ material }) => seenAgain.has(material.materialId))
      : isOpen
        ? showables
        : shownOf(showables, showing);
    return { consultationId, holds: (id) => open.some(({ holds }) => holds.has(id)) };
  };
  const lookAndKeep = (key: string, asked: Asked, demonstrationId: string, isAnew: boolean): Promise<Found> => {
    const found = look(asked, demonstrationId, isAnew);
    kept.delete(key);
    kept.set(key, { atMs: nowMs(), found });
    found.catch(() => kept.get(key)?.found === found && kept.delete(key));
    if (kept.size > MOST_KEPT) for (const [old, { atMs }] of kept) if (nowMs() - atMs >= KEPT_MS) kept.delete(old);
    return found;
  };
  return {
    async find(asked, demonstrationId) {
      const key = `${demonstrationId} ${asked.caller.sessionId}`;
      const known = kept.get(key);
      const isKnown = known !== undefined && nowMs() - known.atMs < KEPT_MS;
      const { consultationId, holds } = await (isKnown ? known.found : lookAndKeep(key, asked, demonstrationId, false));
      let anew: Promise<Found> | undefined;
      return {
        consultationId,
        async holds(id) {
          if (holds(id)) return true;
          // On another server another picture may be shown since: asked once more, before it is refused.
          anew ??= shareLook(key, () => lookAndKeep(key, asked, demonstrationId, true));
          return (await anew).holds(id);
        },
      };
    },
    forget(demonstrationId) {
      for (const key of kept.keys()) if (key.startsWith(demonstrationId)) kept.delete(key);
    },
  };
}
