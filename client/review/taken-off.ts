import type { MaterialView } from '../../server/contract/picture-kinds.ts';

/**
 * Remembers which materials were there, whether they still are or not.
 * @returns of each new list, which of those must be seen no more: not in it, and `mayStay` does not say that they may be looked at still
 */
export function createTakenOff(): (
  materials: readonly MaterialView[],
  mayStay: (materialId: string) => boolean,
) => MaterialView[] {
  const known = new Map<string, MaterialView>();
  return (materials, mayStay) => {
    const listed = new Set(materials.map(({ materialId }) => materialId));
    const gone = [...known.values()].filter(({ materialId }) => !listed.has(materialId) && !mayStay(materialId));
    for (const { materialId } of gone) known.delete(materialId);
    for (const material of materials) known.set(material.materialId, material);
    return gone;
  };
}
