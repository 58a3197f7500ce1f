import i18next from 'i18next';
import type { DocumentText } from '../../server/contract/documents.ts';
import type { PageSource } from './page-source.ts';
import { turnPage } from './placement.ts';
import { COLUMN_WIDTH, FONT_SIZE, firstRow, layOutText, ROW_HEIGHT, TEXT_MARGIN, TEXT_PAGE } from './text-layout.ts';

const FONT = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif';
const TITLE_SIZE = 15;

/** A structured report's text on pages of A4. */
export function openTextSource(text: DocumentText): PageSource {
  const pages = layOutText(text);
  return {
    pageCount: pages.length,
    unit: 'point',
    sizeOf: async () => TEXT_PAGE,
    async draw(page, canvas, part) {
      const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
      if (!context) throw new Error('this browser has no canvas');
      context.fillStyle = '#ffffff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      const { a, b, c, d, e, f } = turnPage(TEXT_PAGE, part);
      context.setTransform(a, b, c, d, e, f);
      context.textBaseline = 'alphabetic';
      if (page === 1) drawHead(context, text);
      for (const [index, row] of (pages[page - 1] ?? []).entries()) {
        context.fillStyle = '#17262e';
        context.font = `${row.isHeading ? 'bold ' : ''}${FONT_SIZE}px ${FONT}`;
        const y = TEXT_MARGIN + (firstRow(page) + index + 1) * ROW_HEIGHT;
        // A font that is wider than its columns is pressed into them.
        context.fillText(row.text, TEXT_MARGIN + row.column * COLUMN_WIDTH, y, row.columns * COLUMN_WIDTH);
      }
      context.resetTransform();
    },
    dispose: () => undefined,
  };
}

function drawHead(context: CanvasRenderingContext2D, { title, isComplete, isVerified }: DocumentText): void {
  const t = i18next.getFixedT(null, 'documents');
  const width = TEXT_PAGE.width - 2 * TEXT_MARGIN;
  context.fillStyle = '#17262e';
  context.font = `bold ${TITLE_SIZE}px ${FONT}`;
  context.fillText(
    title || i18next.t('terms:documentType.structured-report'),
    TEXT_MARGIN,
    TEXT_MARGIN + ROW_HEIGHT * 0.8,
    width,
  );
  context.fillStyle = '#4c5e68';
  context.font = `${FONT_SIZE}px ${FONT}`;
  const said = [
    isComplete === null ? '' : t(isComplete ? 'report.complete' : 'report.partial'),
    isVerified === null ? '' : t(isVerified ? 'report.verified' : 'report.unverified'),
  ];
  context.fillText(said.filter(Boolean).join(' · '), TEXT_MARGIN, TEXT_MARGIN + ROW_HEIGHT * 1.9, width);
}
