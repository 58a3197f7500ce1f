import type { ReplayShown, Target } from '../../contract/index.ts';
import type { Demonstration } from '../../demonstrations/demonstration.ts';
import { type Showable, showableOf } from '../../showing/showable.ts';
import type { ListedEvent, Still } from '../../showing/store.ts';
import type { Stores } from '../../store/stores.ts';
import type { TimelineParts } from './parts.ts';
import { isSeen, type Stretch, seenOf, seenStretches } from './stretches.ts';

/** What somebody sees of a replay beside its picture and sound. */
export interface Replayed {
  seen: Stretch[];
  /** What was on everybody's screen, and when. */
  shown: ReplayShown[];
  stills: Still[];
  /** Stills of an instant that is cut out, or masked: they are not to be seen where they were shown or marked later either. */
  hiddenIds: ReadonlySet<string>;
}

type ReplayedStores = Pick<Stores, 'recordings' | 'showings'>;

/** Of one demonstration a picture was opened so often at most. */
const MOST_PICTURES = 10_000;

export async function findReplayed(
  { recordings, showings }: ReplayedStores,
  { demonstrationId, endedAt, state }: Pick<Demonstration, 'demonstrationId' | 'endedAt' | 'state'>,
): Promise<Replayed> {
  const replay = await recordings.findReplay(demonstrationId);
  // Whoever looks it through sees what is cut out, or masked, as well.
  const { cutParts, maskedParts } = (state === 'published' && replay) || { cutParts: [], maskedParts: [] };
  const seen = seenStretches(await recordings.listOf(demonstrationId), { endedAt }, cutParts);
  const pictures = await showings.listEvents(demonstrationId, { kinds: ['picture'], limit: MOST_PICTURES });
  const all = await showings.listStills(demonstrationId);
  const unseen = [...cutParts, ...maskedParts.filter(({ picture }) => picture)];
  const isUnseen = ({ takenAt }: Still) => unseen.some(({ fromAt, toAt }) => takenAt >= fromAt && takenAt < toAt);
  const hiddenIds = new Set(all.filter(isUnseen).map(({ materialId }) => materialId));
  const stills = all.filter((one) => isSeen(seen, Date.parse(one.takenAt)) && !isUnseen(one));
  const shown = shownIn(pictures, seen).filter(({ materialId }) => !hiddenIds.has(materialId));
  return { seen, shown, stills, hiddenIds };
}

/** @param events what was opened and closed, in order */
function shownIn(events: readonly ListedEvent[], seen: readonly Stretch[]): ReplayShown[] {
  return events.flatMap(({ at, event }, index) => {
    if (event.kind !== 'picture' || event.materialId === null) return [];
    const { materialId } = event;
    const next = events[index + 1];
    const until = { fromMs: Date.parse(at), toMs: next ? Date.parse(next.at) : Number.POSITIVE_INFINITY };
    return seenOf(seen, until)
      .filter(({ toMs }) => Number.isFinite(toMs))
      .map(({ fromMs, toMs }) => ({
        materialId,
        fromAt: new Date(fromMs).toISOString(),
        toAt: new Date(toMs).toISOString(),
      }));
  });
}

export const replayedIds = ({ shown, stills }: Replayed): Set<string> =>
  new Set([...shown, ...stills].map(({ materialId }) => materialId));

/** Those of them that still may be shown. */
export async function listReplayedPictures(
  { work: { read }, showables }: TimelineParts,
  demonstration: Demonstration,
  replayed: Replayed,
): Promise<Showable[]> {
  const ids = replayedIds(replayed);
  const all = ids.size === 0 ? [] : await showables.listKept(read, demonstration);
  return all.filter(({ material }) => ids.has(material.materialId));
}

/** @returns the material that a target is a picture of; each target is looked for once */
export function createMaterialOf(pictures: readonly Showable[]): (target: Target) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (target) => {
    const key = JSON.stringify(target);
    if (!known.has(key)) known.set(key, showableOf(pictures, target)?.material.materialId);
    return known.get(key);
  };
}
