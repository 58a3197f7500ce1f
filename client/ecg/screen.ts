import type { Point } from '../../server/contract/picture.ts';
import { createRedraw } from '../viewer/redraw.ts';
import { createSharpCanvas, type SharpCanvas } from '../viewer/sharp-canvas.ts';
import { drawSheet } from './draw-sheet.ts';
import { readScreenSize, type ScreenSize } from './screen-size.ts';
import type { PaperView } from './sheet-view.ts';
import { createSurroundings, type SurroundingsParts } from './surroundings.ts';
import { paperViewOf, type View } from './view.ts';

/** What is around the paper; the reading room's black. */
const SURROUNDINGS = '#000000';

export interface ScreenParts extends SurroundingsParts {
  onDraw(): void;
  /** The window has another size; the next frame is about to be drawn. */
  onResize(): void;
}

export interface Screen extends SharpCanvas {
  /** Draws with the browser's next frame, however often it is asked. */
  schedule(): void;
  /** Where the sheet lies on the canvas, as the next frame will have it. */
  paper(): PaperView | undefined;
  /** Between the element's CSS pixels and the canvas's own. */
  toCanvas(point: Point): Point;
  fromCanvas(point: Point): Point;
  /** How large this screen's pixels are. */
  readonly screenSize: ScreenSize;
  /** Somebody measured the screen. */
  measured(): void;
  dispose(): void;
}

/** Draws the sheet and what stands around it. Nothing here waits for React: a drag costs one frame. */
export function createScreen(parts: ScreenParts): Screen {
  const { element, reading } = parts;
  const pane = document.createElement('div');
  pane.className = 'ecg-window';
  const surroundings = createSurroundings(parts, pane, (view) => magnification(view));
  let screenSize = readScreenSize(localStorage, window);
  let offset: Point = { x: 0, y: 0 };
  const sharp = createSharpCanvas(pane, () => {
    offset = { x: pane.offsetLeft, y: pane.offsetTop };
    // Zooming the page changes it, and so does moving the window to another monitor.
    screenSize = readScreenSize(localStorage, window);
    parts.onResize();
    redraw.now();
  });
  sharp.canvas.className = 'ecg-canvas';
  sharp.canvas.dataset['testid'] = 'ecg-canvas';

  const paper = (): PaperView | undefined =>
    reading.view && reading.sheet && sharp.size.height > 0 ? paperViewOf(reading.view, sharp.size) : undefined;
  const magnification = (view: View): number | undefined =>
    screenSize.calibrated
      ? sharp.size.height / view.paperMmPerScreenHeight / (screenSize.cssPxPerMm * sharp.pixelRatio)
      : undefined;
  const draw = (): void => {
    const { view, ecg, group, sheet } = reading;
    const at = paper();
    const { context, size } = sharp;
    context.fillStyle = SURROUNDINGS;
    context.fillRect(0, 0, size.width, size.height);
    const isDrawn =
      view !== undefined && ecg !== undefined && group !== undefined && sheet !== undefined && at !== undefined;
    if (isDrawn) drawSheet(context, sheet, group.traces, at);
    surroundings.draw(isDrawn);
    parts.onDraw();
  };
  const redraw = createRedraw(draw);
  return {
    ...sharp,
    element,
    get size() {
      return sharp.size;
    },
    get pixelRatio() {
      return sharp.pixelRatio;
    },
    get screenSize() {
      return screenSize;
    },
    paper,
    toCanvas: ({ x, y }) => ({ x: (x - offset.x) * sharp.pixelRatio, y: (y - offset.y) * sharp.pixelRatio }),
    fromCanvas: ({ x, y }) => ({ x: x / sharp.pixelRatio + offset.x, y: y / sharp.pixelRatio + offset.y }),
    schedule: redraw.schedule,
    measured() {
      screenSize = readScreenSize(localStorage, window);
      redraw.schedule();
    },
    dispose() {
      redraw.dispose();
      surroundings.dispose();
      sharp.dispose();
      pane.remove();
    },
  };
}
