import { DocumentText } from '../../server/contract/documents.ts';
import { Failure } from '../../server/contract/failure.ts';
import { createLru } from '../../server/formats/lru.ts';
import { fetchBytes } from '../api/fetch-bytes.ts';
import { overOutages } from '../line/retry.ts';
import type { PageSource } from './page-source.ts';
import { openPdfSource } from './pdf-source.ts';
import { openPhotographSource } from './photograph-source.ts';
import { openTextSource } from './text-source.ts';

const ACCEPT = 'application/pdf, image/jpeg, image/png, application/json';
/** Each holds its bytes, or a decoded photograph: what was looked at last stays, the rest is fetched from the browser's cache. */
const KEPT_OPEN = 4;

/** The documents of a case; each is fetched and opened when somebody first looks at it. */
export interface Documents {
  /** Waits for the line as long as that takes. @throws Failure: what the server answered, or what is wrong with the file. */
  open(documentId: string): Promise<PageSource>;
  /** Where it is open already. */
  find(documentId: string): PageSource | undefined;
  /** Opens it for a moment, so that a row of small pictures does not close what is being looked at. */
  borrow(documentId: string, use: (source: PageSource) => Promise<void>): Promise<void>;
  close(): void;
}

/** @param root the address under which the case's documents are, `/api/consultations/<id>/documents`. */
export function createDocuments(root: string): Documents {
  const closing = new AbortController();
  const opening = new Map<string, Promise<PageSource>>();
  // What was asked for last is closed last.
  const open = createLru<PageSource>({
    limit: KEPT_OPEN,
    onEvict(source, documentId) {
      opening.delete(documentId);
      source.dispose();
    },
  });
  const fetchDocument = async (documentId: string): Promise<PageSource> => {
    const { contentType, bytes } = await overOutages(
      () => fetchBytes(`${root}/${documentId}`, ACCEPT, closing.signal),
      closing.signal,
    );
    const source = await openSource(contentType, bytes);
    if (closing.signal.aborted) source.dispose();
    closing.signal.throwIfAborted();
    return source;
  };
  const keep = (documentId: string, source: PageSource): PageSource => {
    open.set(documentId, source);
    return source;
  };
  return {
    open(documentId) {
      const known = opening.get(documentId);
      if (known) {
        open.get(documentId);
        return known;
      }
      const promise = fetchDocument(documentId).then((source) => keep(documentId, source));
      opening.set(documentId, promise);
      promise.catch(() => opening.delete(documentId));
      return promise;
    },
    find: (documentId) => open.get(documentId),
    async borrow(documentId, use) {
      const known = open.get(documentId);
      if (known) return use(known);
      const source = await fetchDocument(documentId);
      try {
        await use(source);
      } finally {
        source.dispose();
      }
    },
    close() {
      closing.abort();
      for (const source of open.values()) source.dispose();
    },
  };
}

function openSource(contentType: string, bytes: Uint8Array): Promise<PageSource> {
  const [type] = contentType.split(';');
  switch (type?.trim()) {
    case 'application/pdf':
      return openPdfSource(bytes);
    case 'image/jpeg':
      return openPhotographSource('jpeg', bytes);
    case 'image/png':
      return openPhotographSource('png', bytes);
    case 'application/json':
      return Promise.resolve(openTextSource(DocumentText.parse(JSON.parse(new TextDecoder().decode(bytes)))));
    default:
      throw new Failure('internal', `a document of type ${contentType}`);
  }
}
