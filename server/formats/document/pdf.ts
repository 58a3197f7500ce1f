import type { getDocument, PDFDocumentProxy, PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { MAX_DOCUMENT_BYTES, MAX_DOCUMENT_PAGES } from '../../contract/limits.ts';
import { addTexts, decodeEntities, hasEarlierVersion, namesHidden } from './pdf-hidden.ts';
import { bearsHidden, damaged, encrypted, tooLarge, truncated } from './refusal.ts';

/** Where readers look for the end's mark, ISO 32000-2 annex I. */
const END_BYTES = 1024;
/** `VerbosityLevel.ERRORS` of pdf.js: a stranger's file must not write into the log. */
const QUIET = 0;

/** pdf.js as it runs here: Node reads in the thread that asks, a browser in a worker of its own. */
export interface PdfReader {
  getDocument: typeof getDocument;
  /** null: in this thread. */
  worker: PDFWorker | null;
  close(): void;
}

/**
 * Counts a PDF's pages with the reader that will show them, and looks at each.
 * @throws Failure file-truncated, file-damaged, pdf-encrypted (no password: one that only forbids printing is taken), document-too-large
 */
export async function readPdf(bytes: Uint8Array, openReader: () => Promise<PdfReader>): Promise<{ pageCount: number }> {
  if (bytes.length > MAX_DOCUMENT_BYTES) throw tooLarge('a PDF of too many bytes');
  requireEnd(bytes);
  return withPdf(bytes, openReader, async (pdf) => {
    if (pdf.numPages > MAX_DOCUMENT_PAGES) throw tooLarge('a PDF of too many pages');
    if (pdf.numPages < 1) throw damaged('a PDF without pages');
    for (let page = 1; page <= pdf.numPages; page += 1) (await pdf.getPage(page)).cleanup();
    return { pageCount: pdf.numPages };
  });
}

/**
 * All that a PDF says in letters, also where nobody sees it: under boxes and in white, in notes, fields, layers and properties.
 * @param cMapUrl of the tables by which letters of Chinese fonts are read
 * @throws Failure as {@link readPdf}; pdf-hidden-content where it brings along what is not read here: files, scripts, XFA, an earlier version
 */
export async function readPdfText(
  bytes: Uint8Array,
  openReader: () => Promise<PdfReader>,
  cMapUrl: string,
): Promise<string> {
  const texts: string[] = [];
  const addAll = (value: unknown): void => addTexts(value, texts);
  if (hasEarlierVersion(bytes) || namesHidden(bytes)) throw bearsHidden('a PDF with more than its pages');
  return withPdf(
    bytes,
    openReader,
    async (pdf) => {
      const { info, metadata } = await pdf.getMetadata();
      addAll(info);
      if (await bringsAlong(pdf)) throw bearsHidden('a PDF with files, scripts or XFA');
      addAll(decodeEntities(String(metadata?.getRaw() ?? '')));
      addAll([await pdf.getOutline(), await pdf.getPageLabels(), Object.keys(await pdf.getDestinations())]);
      const layers = await pdf.getOptionalContentConfig({ intent: 'any' });
      addAll([layers.name, layers.creator, layers.getOrder(), ...Array.from(layers, ([, { name }]) => name)]);
      for (let number = 1; number <= pdf.numPages; number += 1) {
        const page = await pdf.getPage(number);
        const { items } = await page.getTextContent();
        // Letters of one word may be set one by one.
        texts.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
        const annotations = await page.getAnnotations({ intent: 'any' });
        const isEnclosed = annotations.some(({ subtype }) => subtype === 'FileAttachment');
        if (isEnclosed || (await page.getJSActions())) throw bearsHidden('a page with files or scripts');
        // All of each: names, values, choices and other texts.
        addAll([annotations, await page.getStructTree()]);
        page.cleanup();
      }
      return texts.join('\n');
    },
    { cMapUrl, cMapPacked: true },
  );
}

async function bringsAlong(pdf: PDFDocumentProxy): Promise<boolean> {
  const { info } = await pdf.getMetadata();
  const isXfa = 'IsXFAPresent' in info && info.IsXFAPresent === true;
  return isXfa || (await pdf.getAttachments()) !== null || (await pdf.getJSActions()) !== null;
}

async function withPdf<T>(
  bytes: Uint8Array,
  openReader: () => Promise<PdfReader>,
  use: (pdf: PDFDocumentProxy) => Promise<T>,
  options: { cMapUrl?: string; cMapPacked?: boolean } = {},
): Promise<T> {
  const reader = await openReader();
  // A copy: the reader takes the bytes it is given for good.
  const task = reader.getDocument({
    data: bytes.slice(),
    ...(reader.worker ? { worker: reader.worker } : {}),
    verbosity: QUIET,
    isEvalSupported: false,
    enableXfa: false,
    useSystemFonts: false,
    disableFontFace: true,
    ...options,
  });
  try {
    return await use(await task.promise);
  } catch (thrown) {
    throw failureOf(thrown);
  } finally {
    await task.destroy();
    reader.close();
  }
}

/** By name: the exceptions of pdf.js cross between threads and lose their class. */
function failureOf(thrown: unknown): unknown {
  const name = thrown instanceof Error ? thrown.name : '';
  if (name === 'PasswordException') return encrypted('the PDF opens with a password alone', thrown);
  return name === 'Failure' ? thrown : damaged('the PDF cannot be read', thrown);
}

/** A reader would mend a file that is cut off by guessing, and show what is left of it as if it were all. */
function requireEnd(bytes: Uint8Array): void {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end -= 1;
  const tail = String.fromCharCode(...bytes.subarray(Math.max(0, end - END_BYTES), end));
  if (!tail.includes('%%EOF')) throw truncated('the PDF has no end');
}
