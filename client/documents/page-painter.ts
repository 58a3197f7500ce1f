import { createLru } from '../../server/formats/lru.ts';
import type { Size } from '../viewer/affine.ts';
import { apply, invert } from '../viewer/affine.ts';
import { createSoftwareCanvas } from '../viewer/sharp-canvas.ts';
import { LatestWork } from './latest-work.ts';
import { type Box, type Placement, placePage, visibleBox } from './placement.ts';
import type { ShownPage } from './shown-document.ts';
import type { View } from './view.ts';

/** A page in small, drawn while the sharp one is not there: a few of them fill no old computer's memory. */
const COARSE_PIXELS = 1.5e6;
const KEPT_COARSE = 6;
/** A hand that moves on is not worth drawing for. */
const REST_MS = 60;

interface Drawn {
  key: string;
  pageKey: string;
  canvas: HTMLCanvasElement;
  box: Box;
  placement: Placement;
}

export interface PagePainter {
  /** Draws what there is of the page into the window, and begins to draw the rest. Says how good it is. */
  paint(context: CanvasRenderingContext2D, page: ShownPage, view: View): 'loading' | 'preview' | 'full';
  /** After a failure, and when what is drawn would be drawn otherwise now. */
  forget(): void;
  dispose(): void;
}

export interface PagePainterParts {
  /** Something better is there: paint anew. */
  onProgress(): void;
  onFailure(thrown: unknown): void;
}

/**
 * Draws pages at the screen's own pixels, and of a large one no more than the window shows. Moving shows at once what was drawn before,
 * moved and stretched; the sharp picture follows when the hand rests.
 */
export function createPagePainter({ onProgress, onFailure }: PagePainterParts): PagePainter {
  const coarse = createLru<{ canvas: HTMLCanvasElement; scale: number }>({ limit: KEPT_COARSE });
  let sharp: Drawn | undefined;
  const work = new LatestWork({ onDone: onProgress, onFailure });

  const drawCoarse = (page: ShownPage, key: string): void => {
    const { width, height } = page.size;
    const scale = Math.min(4, Math.sqrt(COARSE_PIXELS / (width * height)));
    work.begin(`${key} coarse`, 0, async (signal) => {
      const { canvas } = createSoftwareCanvas();
      canvas.width = Math.max(1, Math.ceil(width * scale));
      canvas.height = Math.max(1, Math.ceil(height * scale));
      await page.source.draw(page.page, canvas, { scale, rotation: 0, left: 0, top: 0 }, signal);
      signal.throwIfAborted();
      coarse.set(key, { canvas, scale });
    });
  };
  const drawSharp = (page: ShownPage, wanted: Omit<Drawn, 'canvas'>, waitMs: number): void =>
    work.begin(wanted.key, waitMs, async (signal) => {
      const canvas = await drawPart(page, wanted.placement, wanted.box, signal);
      signal.throwIfAborted();
      sharp = { ...wanted, canvas };
    });

  const forget = (): void => {
    work.stop();
    sharp = undefined;
    coarse.clear();
  };

  return {
    paint(context, page, view) {
      const window: Size = { width: context.canvas.width, height: context.canvas.height };
      const placement = placePage(view, page.size, window);
      const box = visibleBox(placement, window);
      if (!box) return 'full';
      const pageKey = `${page.documentId} ${page.page}`;
      const key = JSON.stringify([pageKey, placement.scale, placement.rotation, placement.left, placement.top, window]);
      if (sharp?.key === key) {
        context.drawImage(sharp.canvas, box.left, box.top);
        return 'full';
      }
      context.fillStyle = '#ffffff';
      context.fillRect(box.left, box.top, box.width, box.height);
      const small = coarse.get(pageKey);
      if (small) drawStretched(context, small.canvas, placement, box, small.scale);
      const moved = sharp?.pageKey === pageKey ? sharp : undefined;
      if (moved) drawMoved(context, moved, placement, box);
      // The first look needs something soon; after that the hand decides.
      const isSmall = placement.width * placement.height <= COARSE_PIXELS;
      if (!small && !isSmall) drawCoarse(page, pageKey);
      else drawSharp(page, { key, pageKey, box, placement }, small || moved ? REST_MS : 0);
      return small || moved ? 'preview' : 'loading';
    },
    forget,
    dispose: forget,
  };
}

/** The part of the page that the box cuts out, at the scale of the placement. */
export async function drawPart(
  { source, page }: ShownPage,
  { scale, rotation, left, top }: Placement,
  box: Box,
  signal: AbortSignal,
): Promise<HTMLCanvasElement> {
  const { canvas } = createSoftwareCanvas();
  canvas.width = box.width;
  canvas.height = box.height;
  await source.draw(page, canvas, { scale, rotation, left: box.left - left, top: box.top - top }, signal);
  return canvas;
}

function clipTo(context: CanvasRenderingContext2D, { left, top, width, height }: Box): void {
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
}

function drawStretched(
  context: CanvasRenderingContext2D,
  canvas: HTMLCanvasElement,
  { toCanvas }: Placement,
  box: Box,
  scale: number,
): void {
  context.save();
  clipTo(context, box);
  context.setTransform(toCanvas.a, toCanvas.b, toCanvas.c, toCanvas.d, toCanvas.e, toCanvas.f);
  context.drawImage(canvas, 0, 0, canvas.width / scale, canvas.height / scale);
  context.restore();
}

/** What was sharp at another place, where it belongs now. */
function drawMoved(context: CanvasRenderingContext2D, before: Drawn, { toCanvas }: Placement, box: Box): void {
  const back = invert(before.placement.toCanvas);
  const at = (x: number, y: number) => apply(toCanvas, apply(back, { x, y }));
  const origin = at(0, 0);
  const right = at(1, 0);
  const down = at(0, 1);
  context.save();
  clipTo(context, box);
  context.setTransform(
    right.x - origin.x,
    right.y - origin.y,
    down.x - origin.x,
    down.y - origin.y,
    origin.x,
    origin.y,
  );
  context.drawImage(before.canvas, before.box.left, before.box.top);
  context.restore();
}
