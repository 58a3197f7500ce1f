import type { PictureHome } from '../../archive/picture-home.ts';
import { type DocumentType, documentTypeOf, Failure, pictureKindOf } from '../../contract/index.ts';
import type { Stores } from '../../store/stores.ts';
import type { SeenFile } from '../seen-file.ts';

export interface SeenDocument {
  file: SeenFile;
  /** Of a DICOM object; null: the file is the document. */
  instanceType: DocumentType | null;
}

/**
 * A document that is attached to the case, or shown of it.
 * @param documentId a SOP Instance UID, or a file's hash.
 * @throws Failure not-found: no such document under this address.
 */
export async function getDocument(
  stores: Pick<Stores, 'studies' | 'materials'>,
  { consultationId, holds }: PictureHome,
  documentId: string,
): Promise<SeenDocument> {
  if (!(await holds(documentId))) throw new Failure('not-found', 'no such document');
  const material = await stores.materials.findFile(consultationId, documentId);
  if (material?.kind === 'documents') {
    const file = await stores.studies.findFile(material.facilityId, documentId);
    if (file) return { file, instanceType: null };
  }
  const scope = { consultationIds: [consultationId] };
  const [instance] = await stores.studies.listInstances(scope, { sopInstanceUid: documentId });
  if (!instance || pictureKindOf(instance.sopClassUid) !== 'documents')
    throw new Failure('not-found', 'no such document');
  return { file: instance, instanceType: documentTypeOf(instance.sopClassUid) };
}
