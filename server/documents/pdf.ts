import { MAX_DOCUMENT_BYTES, MAX_DOCUMENT_PAGES } from '../contract/documents.ts';
import { damaged, encrypted, tooLarge, truncated } from './refusal.ts';

/** Where readers look for the end's mark, ISO 32000-2 annex I. */
const END_BYTES = 1024;
/** `VerbosityLevel.ERRORS` of pdf.js: a stranger's file must not write into the log. */
const QUIET = 0;

/**
 * Counts a PDF's pages with the reader that will show them, and looks at each.
 * @throws Failure file-truncated, file-damaged, pdf-encrypted (no password: one that only forbids printing is taken), document-too-large
 */
export async function readPdf(bytes: Uint8Array): Promise<{ pageCount: number }> {
  if (bytes.length > MAX_DOCUMENT_BYTES) throw tooLarge('a PDF of too many bytes');
  requireEnd(bytes);
  // In this order: the reader then works in this thread, and starts none of its own.
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  // A copy: the reader takes the bytes it is given for good.
  const task = getDocument({
    data: bytes.slice(),
    verbosity: QUIET,
    isEvalSupported: false,
    enableXfa: false,
    useSystemFonts: false,
    disableFontFace: true,
  });
  try {
    const pdf = await task.promise;
    if (pdf.numPages > MAX_DOCUMENT_PAGES) throw tooLarge('a PDF of too many pages');
    if (pdf.numPages < 1) throw damaged('a PDF without pages');
    for (let page = 1; page <= pdf.numPages; page += 1) (await pdf.getPage(page)).cleanup();
    return { pageCount: pdf.numPages };
  } catch (thrown) {
    throw failureOf(thrown);
  } finally {
    await task.destroy();
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
