import { Failure } from '../contract/index.ts';
import { changed, type Demonstration, type ShownMaterial } from './demonstration.ts';

/** A second person has looked through these pictures. @throws Failure not-found, forbidden / people-not-apart */
export function materialChecked(
  demonstration: Demonstration,
  materialId: string,
  { by, at, pictureCount }: { by: string; at: Date; pictureCount: number },
): Demonstration {
  const material = demonstration.materials.find((one) => one.materialId === materialId);
  if (!material) throw new Failure('not-found', 'no such material is to be shown');
  if (!mayCheck(demonstration, material, by))
    throw new Failure('forbidden', 'a second person looks through it', { reason: 'people-not-apart' });
  const checked = { ...material, checkedBy: by, checkedAt: at.toISOString(), checkedCount: pictureCount };
  return changed(demonstration, at, {
    materials: demonstration.materials.map((one) => (one === material ? checked : one)),
  });
}

/** What was looked through is to be looked through again. @throws Failure not-found */
export function checkWithdrawn(demonstration: Demonstration, materialId: string, at: Date): Demonstration {
  const material = demonstration.materials.find((one) => one.materialId === materialId);
  if (!material) throw new Failure('not-found', 'no such material is to be shown');
  const unchecked = { ...material, checkedBy: null, checkedAt: null, checkedCount: 0 };
  return changed(demonstration, at, {
    materials: demonstration.materials.map((one) => (one === material ? unchecked : one)),
  });
}

/** Neither the surgeon nor whoever put it on the list. */
export const mayCheck = (
  { surgeonId }: Pick<Demonstration, 'surgeonId'>,
  { listedBy }: Pick<ShownMaterial, 'listedBy'>,
  accountId: string,
): boolean => accountId !== surgeonId && accountId !== listedBy;
