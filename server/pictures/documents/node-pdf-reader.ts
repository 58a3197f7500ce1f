import type { PdfReader } from '../../formats/document/pdf.ts';

/**
 * Loaded when a thread's first PDF comes: a server that sees none need not wait for it. The short form, since the loader of our own sources
 * looks through every module, and this one is long.
 */
export async function openNodePdfReader(): Promise<PdfReader> {
  // In this order: the reader then works in the thread that asks, and starts none of its own.
  await import('pdfjs-dist/legacy/build/pdf.worker.min.mjs');
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.min.mjs');
  return { getDocument, worker: null, close: () => undefined };
}
