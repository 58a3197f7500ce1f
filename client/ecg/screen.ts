import i18next from 'i18next';
import type { Point } from '../../server/contract/picture.ts';
import type { Quality } from '../../server/contract/review.ts';
import { describeSight } from '../viewer/describe.ts';
import { createRedraw } from '../viewer/redraw.ts';
import { createStage, type Stage } from '../viewer/stage.ts';
import { createStatusElement } from '../viewer/status-element.ts';
import { createBars } from './bars.ts';
import { captionsOf } from './captions.ts';
import { createDevicePanel } from './device-panel.ts';
import { drawSheet } from './draw-sheet.ts';
import type { Reading } from './reading.ts';
import { readScreenSize, type ScreenSize } from './screen-size.ts';
import type { PaperView } from './sheet-view.ts';
import { paperViewOf, type View } from './view.ts';

/** What is around the paper; the reading room's black. */
const SURROUNDINGS = '#000000';

export interface ScreenParts {
  element: HTMLElement;
  reading: Reading;
  quality(): Quality | undefined;
  isDeviceOpen(): boolean;
  onDraw(): void;
  /** The window has another size; the next frame is about to be drawn. */
  onResize(): void;
  onRetry(): void;
  onCalibrate(): void;
  onCloseDevice(): void;
}

export interface Screen extends Stage {
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
  const bars = createBars(parts.onCalibrate);
  const pane = document.createElement('div');
  pane.className = 'ecg-window';
  element.append(bars.top, pane, bars.bottom);
  let screenSize = readScreenSize(localStorage, window);
  let offset: Point = { x: 0, y: 0 };
  const stage = createStage(pane, () => {
    offset = { x: pane.offsetLeft, y: pane.offsetTop };
    // Zooming the page changes it, and so does moving the window to another monitor.
    screenSize = readScreenSize(localStorage, window);
    parts.onResize();
    redraw.now();
  });
  stage.canvas.className = 'ecg-canvas';
  stage.canvas.dataset['testid'] = 'ecg-canvas';
  const status = createStatusElement({
    host: bars.status,
    picture: pane,
    className: 'ecg-quality',
    testId: 'ecg-quality',
    calm: [],
    onRetry: parts.onRetry,
  });
  const device = createDevicePanel(element, parts.onCloseDevice);

  const paper = (): PaperView | undefined =>
    reading.view && reading.sheet && stage.size.height > 0 ? paperViewOf(reading.view, stage.size) : undefined;
  const magnification = (view: View): number | undefined =>
    screenSize.calibrated
      ? stage.size.height / view.paperMmPerScreenHeight / (screenSize.cssPxPerMm * stage.pixelRatio)
      : undefined;
  const draw = (): void => {
    const { view, ecg, group, sheet, opening } = reading;
    const at = paper();
    const { context, size } = stage;
    context.fillStyle = SURROUNDINGS;
    context.fillRect(0, 0, size.width, size.height);
    if (view && ecg && group && sheet && at) {
      drawSheet(context, sheet, group.traces, at);
      bars.draw(captionsOf({ view, ecg, group, magnification: magnification(view) }));
    } else bars.draw(undefined);
    device.draw(parts.isDeviceOpen() ? ecg?.record.device : undefined);
    element.toggleAttribute('data-device-open', parts.isDeviceOpen());
    const quality = parts.quality();
    const state = quality?.state ?? (opening.failure ? 'failed' : 'loading');
    // A record is there as a whole or not at all.
    const words = state === 'preview' ? '' : i18next.t(`ecg:quality.${state}`);
    status.draw({ state, words, failure: opening.failure });
    describeSight(element, view, quality, ['recordId', 'group']);
    parts.onDraw();
  };
  const redraw = createRedraw(draw);
  return {
    ...stage,
    element,
    get size() {
      return stage.size;
    },
    get pixelRatio() {
      return stage.pixelRatio;
    },
    get screenSize() {
      return screenSize;
    },
    paper,
    toCanvas: ({ x, y }) => ({ x: (x - offset.x) * stage.pixelRatio, y: (y - offset.y) * stage.pixelRatio }),
    fromCanvas: ({ x, y }) => ({ x: x / stage.pixelRatio + offset.x, y: y / stage.pixelRatio + offset.y }),
    schedule: redraw.schedule,
    measured() {
      screenSize = readScreenSize(localStorage, window);
      redraw.schedule();
    },
    dispose() {
      redraw.dispose();
      device.dispose();
      status.dispose();
      stage.dispose();
      for (const part of [bars.top, pane, bars.bottom]) part.remove();
    },
  };
}
