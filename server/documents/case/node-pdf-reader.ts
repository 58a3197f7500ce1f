import type { PdfReader } from '../pdf.ts';

/** Loaded when the first PDF comes: a server that sees none need not wait for it. */
export async function openNodePdfReader(): Promise<PdfReader> {
  // In this order: the reader then works in the thread that asks, and starts none of its own.
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  return { getDocument, worker: null, close: () => undefined };
}
