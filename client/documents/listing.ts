import { isShown } from '../../server/contract/document-types.ts';
import type { Listing } from '../viewer/listing.ts';

/** The documents of a study or a file, those that cannot be looked at too. */
export const documents: Listing<'documents'> = {
  lines(t, _, material) {
    const lines = material.documents.map(({ documentId, type, description, pageCount }) => ({
      key: documentId,
      modality: '',
      name: [t(`terms:documentType.${type}`), description].filter(Boolean).join(' · '),
      amount: [
        pageCount === null ? '' : t('terms:pageCount', { count: pageCount }),
        isShown(type) ? '' : t('terms:documentNotShown'),
      ]
        .filter(Boolean)
        .join(' · '),
    }));
    // Of one file the material's facts have said what it is; nothing else of the study is to be told from it.
    return material.documents[0]?.description === material.description && lines.length === 1 ? [] : lines;
  },
  pictureIdOf: ({ documentId }) => documentId,
  holds: ({ documents: all }, target) => all.some(({ documentId }) => documentId === target.documentId),
};
