import type { Asked } from '../access/asked.ts';
import { demonstrationActions, requireDemonstrationAction } from '../access/demonstrations.ts';
import { findPeople } from '../accounts/person.ts';
import type { DemonstrationKeyImage, DemonstrationKeyImages } from '../contract/index.ts';
import type { Demonstration } from '../demonstrations/demonstration.ts';
import { getDemonstration } from '../demonstrations/demonstration-access.ts';
import { targetId } from '../review/board.ts';
import type { Still, StoredMark } from '../showing/store.ts';
import { nameMarks } from '../showing/view.ts';
import type { Stores } from '../store/stores.ts';
import type { TimelineParts } from './timeline/parts.ts';
import { createMaterialOf, findReplayed } from './timeline/replayed.ts';
import { isSeen } from './timeline/stretches.ts';

/** What was made of a demonstration while it was live, and is kept. */
interface Kept {
  marks: StoredMark[];
  stills: Still[];
  /** Pictures that are not seen, whatever was marked on them. */
  hiddenIds: ReadonlySet<string>;
}

/** Of what is published, what its replay shows alone; to those who made it, all. */
async function findKept(
  stores: Pick<Stores, 'recordings' | 'showings'>,
  demonstration: Demonstration,
  isMaker: boolean,
): Promise<Kept> {
  const { demonstrationId } = demonstration;
  const marks = (await stores.showings.listMarksSince(demonstrationId, 0)).filter(({ shape }) => shape !== null);
  if (isMaker) return { marks, stills: await stores.showings.listStills(demonstrationId), hiddenIds: new Set() };
  const { seen, stills, hiddenIds } = await findReplayed(stores, demonstration);
  return { marks: marks.filter(({ changedAt }) => isSeen(seen, Date.parse(changedAt))), stills, hiddenIds };
}

/** @throws Failure as `requireDemonstrationAction` for `read-key-images`, to whoever may not see the published replay either */
export async function readKeyImages(
  parts: TimelineParts,
  asked: Asked,
  demonstrationId: string,
): Promise<DemonstrationKeyImages> {
  const { read } = parts.work;
  const { caller, at } = asked;
  const { demonstration, standing } = await getDemonstration(parts, read, caller, demonstrationId, { at });
  const actions = demonstrationActions(standing);
  if (!actions.includes('watch-replay')) requireDemonstrationAction('read-key-images', standing);
  const { marks, stills, hiddenIds } = await findKept(read, demonstration, actions.includes('read-key-images'));
  await parts.recordRead(asked, {
    basis: 'demonstration',
    subjectKind: 'showing',
    subjectId: demonstrationId,
    consultationId: demonstration.consultationId,
  });
  const showables = await parts.showables.listKept(read, demonstration);
  const materialOf = createMaterialOf(showables);
  const ids = new Set(showables.map(({ material }) => material.materialId));
  const marked = marks.flatMap((mark) => {
    const materialId = materialOf(mark.target);
    return materialId === undefined || hiddenIds.has(materialId) ? [] : [{ mark, materialId }];
  });
  const shown = stills.filter(({ materialId }) => ids.has(materialId));
  const keyImages = await toKeyImages(read, marked, shown);
  const kept = new Set(keyImages.map(({ materialId }) => materialId));
  return {
    title: demonstration.title,
    pictures: showables.map(({ material }) => material).filter(({ materialId }) => kept.has(materialId)),
    keyImages,
    marks: await nameMarks(
      read,
      marked.map(({ mark }) => mark),
    ),
    mayWithdraw: actions.includes('withdraw-check'),
  };
}

async function toKeyImages(
  stores: Pick<Stores, 'accounts' | 'facilities'>,
  marked: readonly { mark: StoredMark; materialId: string }[],
  stills: readonly Still[],
): Promise<DemonstrationKeyImage[]> {
  const people = await findPeople(stores, [
    ...marked.map(({ mark }) => mark.authorId),
    ...stills.map(({ takenBy }) => takenBy),
  ]);
  const named = (ids: readonly string[]) => [...new Set(ids)].flatMap((id) => people.get(id) ?? []);
  const byTarget = new Map<string, (typeof marked)[number][]>();
  for (const one of marked) {
    const id = targetId(one.mark.target);
    byTarget.set(id, [...(byTarget.get(id) ?? []), one]);
  }
  const isStill = (materialId: string) => stills.some((one) => one.materialId === materialId);
  const pictures = [...byTarget.values()].flatMap((all): DemonstrationKeyImage[] => {
    const [last] = all.toSorted((one, other) => (one.mark.changedAt > other.mark.changedAt ? -1 : 1));
    if (!last) return [];
    return [
      {
        materialId: last.materialId,
        target: last.mark.target,
        isStill: isStill(last.materialId),
        at: last.mark.changedAt,
        authors: named(all.map(({ mark }) => mark.authorId)),
        markIds: all.map(({ mark }) => mark.annotationId),
      },
    ];
  });
  const bare = stills
    .filter(({ materialId }) => pictures.every((one) => one.materialId !== materialId))
    .map(({ materialId, takenAt, takenBy }) => ({
      ...{ materialId, target: null, isStill: true, at: takenAt, authors: named([takenBy]), markIds: [] },
    }));
  return [...pictures, ...bare].toSorted((one, other) => (one.at > other.at ? -1 : 1));
}

/** Which materials they are. */
export async function findKeyImageIds(
  { work: { read }, showables }: Pick<TimelineParts, 'work' | 'showables'>,
  demonstration: Demonstration,
  isMaker: boolean,
): Promise<string[]> {
  const { marks, stills, hiddenIds } = await findKept(read, demonstration, isMaker);
  const materialOf = createMaterialOf(await showables.listKept(read, demonstration));
  const marked = marks.flatMap(({ target }) => materialOf(target) ?? []).filter((id) => !hiddenIds.has(id));
  return [...marked, ...stills.map((one) => one.materialId)];
}
