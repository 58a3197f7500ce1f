import type { Kind, KindParts } from '../viewer/viewer.ts';
import { createDocumentViewer } from './document-viewer.ts';
import { createDocuments } from './documents.ts';
import { picturesOf } from './pictures.ts';
import { drawThumbnail } from './thumbnail.ts';
import './documents.css';

/** What is fetched for a small picture's sake: a long scan would keep the line from what is being looked at. */
const MAX_THUMBNAIL_BYTES = 8 * 1024 ** 2;

/** Documents: pages of PDF, photographs, and the text of structured reports. */
export function createKind({ consultationId }: KindParts): Kind {
  const documents = createDocuments(`/api/consultations/${consultationId}/documents`);
  const titles = new Map<string, string>();
  const sizes = new Map<string, number>();
  return {
    pictures(material) {
      const pictures = picturesOf(material);
      for (const { pictureId, title } of pictures) titles.set(pictureId, title);
      if (material.kind === 'documents')
        for (const { documentId, sizeBytes } of material.documents) sizes.set(documentId, sizeBytes);
      return pictures;
    },
    pictureId: (target) => (target.kind === 'documents' ? target.documentId : ''),
    createViewer: () => createDocumentViewer({ documents, titleOf: (documentId) => titles.get(documentId) ?? '' }),
    async drawThumbnail({ pictureId }, canvas, signal) {
      if ((sizes.get(pictureId) ?? 0) > MAX_THUMBNAIL_BYTES && !documents.find(pictureId)) return;
      await documents.borrow(pictureId, (source) => drawThumbnail(source, canvas, signal));
    },
    dispose: documents.close,
  };
}
