import type { PdfReader } from '../../server/formats/document/pdf.ts';

/** The reader's own code comes over the line when the first PDF does. It reads in a worker, from the page as from another worker. */
export async function openBrowserPdfReader(): Promise<
  PdfReader & { worker: NonNullable<PdfReader['worker']>; version: string }
> {
  const [{ getDocument, PDFWorker, version }, { default: ReaderWorker }] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.mjs'),
    import('pdfjs-dist/legacy/build/pdf.worker.mjs?worker'),
  ]);
  const port = new ReaderWorker();
  const worker = PDFWorker.create({ port });
  return {
    getDocument,
    worker,
    version,
    close() {
      worker.destroy();
      port.terminate();
    },
  };
}
