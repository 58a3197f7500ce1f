import type { Asked } from '../../access/asked.ts';
import { getCaseAccess } from '../../cases/case-access.ts';
import { type AccessBasis, type DocumentType, documentTypeOf, Failure, pictureKindOf } from '../../contract/index.ts';
import type { Stores } from '../../store/stores.ts';
import type { SeenFile } from '../seen-file.ts';

export interface SeenDocument {
  basis: AccessBasis;
  file: SeenFile;
  /** Of a DICOM object; null: the file is the document. */
  instanceType: DocumentType | null;
}

/**
 * A document that is attached to the case.
 * @param documentId a SOP Instance UID, or a file's hash.
 * @throws Failure not-found: no such document in this case, or a case that is none of the caller's business.
 */
export async function getDocument(
  stores: Pick<Stores, 'consultations' | 'studies' | 'materials'>,
  { caller, at }: Asked,
  consultationId: string,
  documentId: string,
): Promise<SeenDocument> {
  const { basis } = await getCaseAccess(stores, caller, consultationId, at);
  const material = await stores.materials.findFile(consultationId, documentId);
  if (material?.kind === 'documents') {
    const file = await stores.studies.findFile(material.facilityId, documentId);
    if (file) return { basis, file, instanceType: null };
  }
  const scope = { consultationIds: [consultationId] };
  const [instance] = await stores.studies.listInstances(scope, { sopInstanceUid: documentId });
  if (!instance || pictureKindOf(instance.sopClassUid) !== 'documents')
    throw new Failure('not-found', 'no such document');
  return { basis, file: instance, instanceType: documentTypeOf(instance.sopClassUid) };
}
