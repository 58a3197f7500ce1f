import type { CaseMaterials } from '../cases/parts.ts';
import type { MaterialView, Target } from '../contract/index.ts';
import type { Demonstration } from '../demonstrations/demonstration.ts';
import { isChecked } from '../demonstrations/facts.ts';
import type { CasePatient } from '../formats/dicom/same-patient.ts';
import type { Stores } from '../store/stores.ts';
import { nameless } from './nameless.ts';
import type { StoredShowing } from './store.ts';

/** A picture that a second person has looked through, and so may be shown. */
export interface Showable {
  material: MaterialView;
  /** What it is made of: SOP Instance UIDs, or the hash of its file. */
  holds: ReadonlySet<string>;
}

export type ShowableStores = Pick<Stores, 'materials' | 'showings' | 'studies'>;

/** Whom files name is of no interest: none of it is handed out. */
const NOBODY: CasePatient = { name: '', sex: null, birthDate: '', idNumber: '' };
/** What was looked up is believed for so long: hundreds fetch the same pictures at once. */
const KEPT_MS = 1_000;

/** What of a demonstration's pictures may be shown now, in their order. */
export interface Showables {
  list(stores: ShowableStores, demonstration: Demonstration): Promise<Showable[]>;
  /** As `list`, as it was a second ago at the most. */
  listKept(stores: ShowableStores, demonstration: Demonstration): Promise<Showable[]>;
  /** It is another list now. */
  forget(demonstrationId: string): void;
}

export function createShowables(pictures: CaseMaterials, nowMs: () => number = Date.now): Showables {
  const kept = new Map<string, { atMs: number; list: Promise<Showable[]> }>();
  const list = async (stores: ShowableStores, demonstration: Demonstration): Promise<Showable[]> => {
    const { consultationId, demonstrationId, materials } = demonstration;
    const stills = await stores.showings.listStills(demonstrationId);
    if (consultationId === null || materials.length + stills.length === 0) return [];
    const counts = await stores.materials.countInstances(materials.map(({ materialId }) => materialId));
    const views = await pictures.list(stores, consultationId, NOBODY);
    const attached = await stores.materials.list(consultationId);
    const found = [...materials.filter((one) => isChecked(one, counts)), ...stills].map(
      async ({ materialId }): Promise<Showable[]> => {
        const material = views.find((one) => one.materialId === materialId);
        if (!material) return [];
        const file = attached.find((one) => one.materialId === materialId)?.fileSha256 ?? '';
        const instances = await stores.materials.listInstances(materialId);
        const names = file === '' ? instances.map(({ sopInstanceUid }) => sopInstanceUid) : [file];
        return [{ material: nameless(material), holds: new Set(names) }];
      },
    );
    return (await Promise.all(found)).flat();
  };
  return {
    list,
    listKept(stores, demonstration) {
      const { demonstrationId } = demonstration;
      const known = kept.get(demonstrationId);
      if (known && nowMs() - known.atMs < KEPT_MS) return known.list;
      const fresh = list(stores, demonstration);
      kept.set(demonstrationId, { atMs: nowMs(), list: fresh });
      fresh.catch(() => kept.delete(demonstrationId));
      return fresh;
    },
    forget: (demonstrationId) => void kept.delete(demonstrationId),
  };
}

/** The one that is shown now, where it still may be. */
export const shownOf = (showables: readonly Showable[], { materialId }: StoredShowing): Showable[] =>
  showables.filter(({ material }) => material.materialId === materialId);

/** The one that the target is a picture of, whatever its kind: each target names its picture by an id that its material names too. */
export function showableOf(showables: readonly Showable[], target: Target): Showable | undefined {
  const { kind, ...names } = target;
  const ids = Object.values(names).filter((value) => typeof value === 'string');
  return showables.find(
    ({ material, holds }) => material.kind === kind && ids.some((id) => holds.has(id) || isNamedIn(material, id)),
  );
}

function isNamedIn(value: unknown, id: string): boolean {
  if (typeof value !== 'object' || value === null) return value === id;
  return Object.values(value).some((part) => isNamedIn(part, id));
}
