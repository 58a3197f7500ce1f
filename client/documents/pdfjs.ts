import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { Failure } from '../../server/contract/failure.ts';
import { openBrowserPdfReader } from './browser-pdf-reader.ts';

/** `VerbosityLevel.ERRORS`: what a stranger's file has wrong does not belong into the console. */
const QUIET = 0;

/**
 * Opens a PDF with pdf.js, whose code, character maps and fonts come from our own server alone. Nothing of the file is run: neither
 * its scripts nor its forms, and it reaches no address.
 */
export async function openPdf(bytes: Uint8Array): Promise<{ pdf: PDFDocumentProxy; close: () => void }> {
  const reader = await openBrowserPdfReader();
  // Bears the version, since what lies there is kept for good.
  const data = `${location.origin}/assets/pdfjs-${reader.version}/`;
  const task = reader.getDocument({
    data: bytes.slice(),
    worker: reader.worker,
    verbosity: QUIET,
    isEvalSupported: false,
    enableXfa: false,
    // Of fonts that the file only names the system's are taken, Chinese ones above all.
    useSystemFonts: true,
    cMapUrl: `${data}cmaps/`,
    standardFontDataUrl: `${data}standard_fonts/`,
    wasmUrl: `${data}wasm/`,
    iccUrl: `${data}iccs/`,
  });
  const close = (): void => {
    void task.destroy().finally(reader.close);
  };
  try {
    return { pdf: await task.promise, close };
  } catch (thrown) {
    close();
    throw failureOfPdf(thrown);
  }
}

export function failureOfPdf(thrown: unknown): Failure {
  const encrypted = thrown instanceof Error && thrown.name === 'PasswordException';
  const reason = encrypted ? 'pdf-encrypted' : 'file-damaged';
  return new Failure('invalid-message', 'the PDF cannot be shown', { reason, cause: thrown });
}
