import type { Kind, KindParts } from '../viewer/viewer.ts';
import { createDocumentViewer } from './document-viewer.ts';
import { createDocuments } from './documents.ts';
import type { PageSource } from './page-source.ts';
import { picturesOf } from './pictures.ts';
import './documents.css';

/** What is fetched for a small picture's sake: a long scan would keep the line from what is being looked at. */
const MAX_THUMBNAIL_BYTES = 8 * 1024 ** 2;

/** Documents: pages of PDF, photographs, and the text of structured reports. */
export function createKind({ home }: KindParts): Kind {
  const documents = createDocuments(`/api/${home}/documents`);
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

/** The first page, whole, in the middle. */
async function drawThumbnail(source: PageSource, canvas: HTMLCanvasElement, signal: AbortSignal): Promise<void> {
  const size = await source.sizeOf(1);
  const scale = Math.min(canvas.width / size.width, canvas.height / size.height);
  const small = document.createElement('canvas');
  small.width = Math.max(1, Math.round(size.width * scale));
  small.height = Math.max(1, Math.round(size.height * scale));
  await source.draw(1, small, { scale, rotation: 0, left: 0, top: 0 }, signal);
  signal.throwIfAborted();
  const [x, y] = [(canvas.width - small.width) / 2, (canvas.height - small.height) / 2];
  canvas.getContext('2d', { alpha: false, willReadFrequently: true })?.drawImage(small, Math.round(x), Math.round(y));
}
