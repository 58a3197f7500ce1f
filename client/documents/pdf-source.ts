import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PageSource } from './page-source.ts';
import { failureOfPdf, openPdf } from './pdfjs.ts';

/** @throws Failure pdf-encrypted, file-damaged */
export async function openPdfSource(bytes: Uint8Array): Promise<PageSource> {
  const { pdf, close } = await openPdf(bytes);
  const pages = new Map<number, Promise<PDFPageProxy>>();
  const pageAt = (page: number): Promise<PDFPageProxy> => {
    const known = pages.get(page);
    if (known) return known;
    const reading = pdf.getPage(page).catch((thrown: unknown) => {
      pages.delete(page);
      throw failureOfPdf(thrown);
    });
    pages.set(page, reading);
    return reading;
  };
  return {
    pageCount: pdf.numPages,
    unit: 'point',
    async sizeOf(page) {
      const { width, height } = (await pageAt(page)).getViewport({ scale: 1 });
      return { width, height };
    },
    async draw(number, canvas, { scale, rotation, left, top }, signal) {
      const page = await pageAt(number);
      signal.throwIfAborted();
      const viewport = page.getViewport({
        scale,
        rotation: (page.rotate + rotation) % 360,
        offsetX: -left,
        offsetY: -top,
      });
      const task = page.render({ canvas, viewport });
      const cancel = (): void => task.cancel();
      signal.addEventListener('abort', cancel);
      try {
        await task.promise;
      } catch (thrown) {
        signal.throwIfAborted();
        throw failureOfPdf(thrown);
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },
    dispose: close,
  };
}
