import { drawSheet } from './draw-sheet.ts';
import type { Sheet } from './paper.ts';
import type { Trace } from './trace.ts';

/** A4 across, ISO 216. */
const PAGE_WIDTH_MM = 297;
const PAGE_HEIGHT_MM = 210;
/** What printers leave white at the sides, and at top and bottom, where the caption needs the room. */
const MARGIN_MM = 6;
const EDGE_MARGIN_MM = 4;
/** The lines that say what is printed, and whose. A sheet of 190 mm must still fit below them. */
const CAPTION_MM = 12;
const SQUARE_MM = 5;
const PRINT_PX_PER_MM = 300 / 25.4;

/** A part of the sheet that is one page, mm of the sheet. */
export interface PrintTile {
  leftMm: number;
  topMm: number;
  widthMm: number;
  heightMm: number;
}

/** A line above each page. `warning`: in red, and readable without colour since it is bold. */
export interface PrintCaption {
  text: string;
  strong?: boolean;
  warning?: boolean;
}

/** Cuts a sheet into pages of A4 across, between squares: at its true size, never made to fit. */
export function tilesOf({ widthMm, heightMm }: Pick<Sheet, 'widthMm' | 'heightMm'>): PrintTile[] {
  const columns = pieces(widthMm, PAGE_WIDTH_MM - 2 * MARGIN_MM);
  const rows = pieces(heightMm, PAGE_HEIGHT_MM - 2 * EDGE_MARGIN_MM - CAPTION_MM);
  return rows.flatMap(([topMm, tileHeightMm]) =>
    columns.map(([leftMm, tileWidthMm]) => ({ leftMm, topMm, widthMm: tileWidthMm, heightMm: tileHeightMm })),
  );
}

function pieces(lengthMm: number, roomMm: number): [startMm: number, lengthMm: number][] {
  const count = Math.ceil(lengthMm / roomMm);
  const eachMm = Math.ceil(lengthMm / count / SQUARE_MM) * SQUARE_MM;
  return Array.from({ length: count }, (_, index) => [index * eachMm, Math.min(eachMm, lengthMm - index * eachMm)]);
}

/**
 * Fills a document with a sheet at true size, 300 pixels an inch, to be printed at 100 %. Resolves once every page is drawn.
 * @param captions stand above each page: whose ECG it is, when, speed, gain and filters.
 */
export async function composePages(
  target: Document,
  sheet: Sheet,
  traces: readonly Trace[],
  captions: readonly PrintCaption[],
): Promise<void> {
  const style = target.createElement('style');
  style.textContent = `
    @page { size: ${PAGE_WIDTH_MM}mm ${PAGE_HEIGHT_MM}mm; margin: 0; }
    body { margin: 0; }
    section { box-sizing: border-box; width: ${PAGE_WIDTH_MM}mm; height: ${PAGE_HEIGHT_MM}mm; padding: ${EDGE_MARGIN_MM}mm ${MARGIN_MM}mm;
      overflow: hidden; break-inside: avoid; }
    section:not(:last-child) { break-after: page; }
    header { height: ${CAPTION_MM}mm; overflow: hidden; font: 3mm/1.2 sans-serif; }
    p { margin: 0; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
    .strong { font-weight: bold; font-size: 3.4mm; }
    .warning { color: #b00000; font-weight: bold; }
    img { display: block; }`;
  target.head.append(style);
  for (const tile of tilesOf(sheet)) {
    const section = target.createElement('section');
    const head = target.createElement('header');
    head.append(...captions.filter(({ text }) => text !== '').map((caption) => lineOf(target, caption)));
    const image = target.createElement('img');
    image.alt = captions.map(({ text }) => text).join(' ');
    image.style.width = `${tile.widthMm}mm`;
    image.style.height = `${tile.heightMm}mm`;
    image.src = pictureOf(sheet, traces, tile);
    section.append(head, image);
    target.body.append(section);
    await image.decode();
  }
}

/** Prints a sheet from a frame of its own, so that nothing of the page around it is printed. */
export async function printSheet(
  sheet: Sheet,
  traces: readonly Trace[],
  captions: readonly PrintCaption[],
): Promise<void> {
  const frame = document.createElement('iframe');
  frame.setAttribute('aria-hidden', 'true');
  frame.style.cssText = 'position: fixed; width: 0; height: 0; border: 0';
  document.body.append(frame);
  const { contentDocument, contentWindow } = frame;
  if (contentDocument === null || contentWindow === null) throw new Error('a frame without a document');
  await composePages(contentDocument, sheet, traces, captions);
  contentWindow.addEventListener('afterprint', () => frame.remove());
  contentWindow.print();
}

function lineOf(target: Document, { text, strong, warning }: PrintCaption): HTMLElement {
  const line = target.createElement('p');
  line.textContent = text;
  if (strong || warning) line.className = warning ? 'warning' : 'strong';
  return line;
}

function pictureOf(sheet: Sheet, traces: readonly Trace[], tile: PrintTile): string {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(tile.widthMm * PRINT_PX_PER_MM);
  canvas.height = Math.round(tile.heightMm * PRINT_PX_PER_MM);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  drawSheet(context, sheet, traces, {
    devicePxPerMm: PRINT_PX_PER_MM,
    leftPx: -tile.leftMm * PRINT_PX_PER_MM,
    topPx: -tile.topMm * PRINT_PX_PER_MM,
    widthPx: canvas.width,
    heightPx: canvas.height,
  });
  // In the document itself: an address of a blob would have to be given back after printing.
  return canvas.toDataURL('image/png');
}
