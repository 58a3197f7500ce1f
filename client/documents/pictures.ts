import i18next from 'i18next';
import { isShown } from '../../server/contract/document-types.ts';
import type { DocumentSummary } from '../../server/contract/documents.ts';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import type { Picture } from '../viewer/viewer.ts';

/** The documents of a material that can be looked at; the others are named where the case lists its material. */
export function picturesOf(material: MaterialView): Picture[] {
  if (material.kind !== 'documents') return [];
  return material.documents
    .filter(({ type }) => isShown(type))
    .map((document) => ({
      pictureId: document.documentId,
      materialId: material.materialId,
      title: titleOf(document, material.description),
      detail: detailOf(document),
    }));
}

function titleOf({ type, description }: DocumentSummary, material: string): string {
  return description || material || i18next.t(`terms:documentType.${type}`);
}

function detailOf({ type, pageCount }: DocumentSummary): string {
  const pages = pageCount === null ? '' : i18next.t('terms:pageCount', { count: pageCount });
  return [i18next.t(`terms:documentType.${type}`), pages].filter(Boolean).join(' · ');
}
