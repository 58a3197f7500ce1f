import type { Size } from '../viewer/affine.ts';
import { createOpening, type Opening, type ViewOrigin } from '../viewer/opening.ts';
import type { Documents } from './documents.ts';
import type { PageSource } from './page-source.ts';
import type { View } from './view.ts';

/** The page that is looked at: of which document, and how large it is. */
export interface ShownPage {
  source: PageSource;
  documentId: string;
  page: number;
  size: Size;
}

/** The page that is looked at and how. Its `read` is undefined while the view's page is still being read. */
export type ShownDocument = Opening<View, ShownPage>;

export function createShownDocument(documents: Documents, onChange: (origin: ViewOrigin) => void): ShownDocument {
  const isOf = (page: ShownPage, documentId: string, view: View | undefined): boolean =>
    page.documentId === documentId && page.page === (view?.target.page ?? 1);
  const shown: ShownDocument = createOpening<View, ShownPage>({
    idOf: ({ target }) => target.documentId,
    shows: (page, view) => isOf(page, view.target.documentId, view),
    find: (documentId, view) => (shown.read && isOf(shown.read, documentId, view) ? shown.read : undefined),
    async read(documentId, view) {
      const source = documents.find(documentId) ?? (await documents.open(documentId));
      const page = Math.min(view?.target.page ?? 1, source.pageCount);
      return { source, documentId, page, size: await source.sizeOf(page) };
    },
    unreadable: 'the document cannot be shown',
    onChange,
  });
  return shown;
}
