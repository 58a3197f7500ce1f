import type { PictureParts } from './parts.ts';
import { pictureServings } from './servings.ts';

/** All that a material of a case says in letters, whether it is seen or not. Of pictures nobody reads any: ''. */
export function createMaterialTexts(parts: Pick<PictureParts, 'studies' | 'imaging'>) {
  return async (consultationId: string, materialId: string, owner: string): Promise<string> => {
    const attached = await parts.studies.stores.materials.list(consultationId);
    const material = attached.find((one) => one.materialId === materialId);
    return (material && (await pictureServings[material.kind].readText?.(parts, material, owner))) ?? '';
  };
}
