import { Failure } from '../contract/index.ts';
import type { PictureParts } from './parts.ts';
import { pictureServings } from './servings.ts';

/**
 * All that a material of a case says in letters, whether it is seen or not. Of pictures nobody reads any: ''.
 * The reader throws Failure not-found where the case has it no more.
 */
export function createMaterialTexts(parts: Pick<PictureParts, 'studies' | 'imaging'>) {
  return async (consultationId: string, materialId: string, owner: string): Promise<string> => {
    const attached = await parts.studies.stores.materials.list(consultationId);
    const material = attached.find((one) => one.materialId === materialId);
    if (!material) throw new Failure('not-found', 'the case has no such material');
    return (await pictureServings[material.kind].readText?.(parts, material, owner)) ?? '';
  };
}
