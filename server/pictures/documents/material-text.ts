import type { Material } from '../../archive/study.ts';
import { documentTypeOf, pictureKindOf } from '../../contract/index.ts';
import type { PictureParts } from '../parts.ts';
import type { SeenFile } from '../seen-file.ts';
import { documentTasks } from './tasks.ts';

/** All that the documents of a material say in letters, whether it is seen or not; a photograph says nothing. */
export async function readDocumentsText(
  { studies: { stores, files }, imaging }: Pick<PictureParts, 'studies' | 'imaging'>,
  { materialId, facilityId, fileSha256 }: Material,
  owner: string,
): Promise<string> {
  const read = async ({ sha256, sizeBytes }: SeenFile, sopClassUid: string | null): Promise<string> => {
    const instanceType = sopClassUid === null ? null : documentTypeOf(sopClassUid);
    const local = { path: await files.localPath(sha256), sizeBytes, instanceType };
    return imaging.run(documentTasks, 'documents:text', local, { owner });
  };
  const file = fileSha256 ? await stores.studies.findFile(facilityId, fileSha256) : undefined;
  if (file) return read(file, null);
  const instances = await stores.materials.listInstances(materialId);
  const documents = instances.filter(({ sopClassUid }) => pictureKindOf(sopClassUid) === 'documents');
  return (await Promise.all(documents.map((one) => read(one, one.sopClassUid)))).join('\n');
}
