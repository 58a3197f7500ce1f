import { drawSheet } from '../../../client/ecg/draw-sheet.ts';
import { layOutSheet } from '../../../client/ecg/layout.ts';
import type { PaperSetting } from '../../../client/ecg/paper.ts';
import { composePages } from '../../../client/ecg/print-pages.ts';
import type { PaperView } from '../../../client/ecg/sheet-view.ts';
import { type Trace, tracesOf } from '../../../client/ecg/trace.ts';
import { decodeEcg } from '../../../server/formats/ecg/decode-wire.ts';

/** Draws ECGs in the page and reads the canvas back. */
export interface EcgPage {
  /** @param wire what the server sends, base64. */
  load(wire: string, group: number): void;
  /** Draws a whole sheet; resolves its size in pixels and how long drawing took, its pixels awaited. */
  draw(setting: PaperSetting, devicePxPerMm: number): { width: number; height: number; elapsedMs: number };
  /** Puts the sheet's pages into the document as if to print it; resolves the size in mm of each page's picture. */
  compose(setting: PaperSetting): Promise<{ widthMm: number; heightMm: number; widthPx: number }[]>;
  /** One colour channel (0 red … 2 blue) of a rectangle, row by row. */
  read(x: number, y: number, width: number, height: number, channel: number): number[];
}

declare global {
  interface Window {
    ecgPage: EcgPage;
  }
}

const canvas = document.createElement('canvas');
document.body.append(canvas);
let record: ReturnType<typeof decodeEcg> | undefined;
let groupIndex = 0;
let traces: Trace[] = [];

function contextOf(): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  return context;
}

window.ecgPage = {
  load(wire, group) {
    record = decodeEcg(Uint8Array.from(atob(wire), (character) => character.charCodeAt(0)));
    groupIndex = group;
    const loaded = record.groups[group];
    traces = loaded === undefined ? [] : tracesOf(loaded);
  },
  draw(setting, devicePxPerMm) {
    const group = record?.groups[groupIndex];
    if (group === undefined) throw new Error('nothing is loaded');
    const sheet = layOutSheet({ originality: group.originality, leads: traces }, setting, 0);
    canvas.width = Math.ceil(sheet.widthMm * devicePxPerMm);
    canvas.height = Math.ceil(sheet.heightMm * devicePxPerMm);
    const { width, height } = canvas;
    const view: PaperView = { devicePxPerMm, leftPx: 0, topPx: 0, widthPx: width, heightPx: height };
    const context = contextOf();
    const startedAt = performance.now();
    drawSheet(context, sheet, traces, view);
    context.getImageData(0, 0, 1, 1);
    return { width, height, elapsedMs: performance.now() - startedAt };
  },
  async compose(setting) {
    const group = record?.groups[groupIndex];
    if (group === undefined) throw new Error('nothing is loaded');
    const sheet = layOutSheet({ originality: group.originality, leads: traces }, setting, 0);
    document.body.replaceChildren();
    await composePages(document, sheet, traces, [{ text: 'caption' }]);
    return [...document.images].map((image) => {
      const { width, height } = image.getBoundingClientRect();
      return { widthMm: (width * 25.4) / 96, heightMm: (height * 25.4) / 96, widthPx: image.naturalWidth };
    });
  },
  read(x, y, width, height, channel) {
    const { data } = contextOf().getImageData(x, y, width, height);
    return Array.from({ length: width * height }, (_, index) => data[index * 4 + channel] ?? 0);
  },
};
