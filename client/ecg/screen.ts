import i18next from 'i18next';
import type { Point } from '../../server/contract/picture.ts';
import type { Quality } from '../../server/contract/review.ts';
import { createStage, type Stage } from '../review/stage.ts';
import { createBars } from './bars.ts';
import { captionsOf } from './captions.ts';
import { createDevicePanel } from './device-panel.ts';
import { drawSheet } from './draw-sheet.ts';
import type { Reading } from './reading.ts';
import { readScreenSize, type ScreenSize } from './screen-size.ts';
import type { PaperView } from './sheet-view.ts';
import { createStatusElement } from './status-element.ts';
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
    draw();
  });
  stage.canvas.className = 'ecg-canvas';
  stage.canvas.dataset['testid'] = 'ecg-canvas';
  const status = createStatusElement(bars.status, pane, parts.onRetry);
  const device = createDevicePanel(element, parts.onCloseDevice);
  let frame: number | undefined;

  const paper = (): PaperView | undefined =>
    reading.view && reading.sheet && stage.size.height > 0 ? paperViewOf(reading.view, stage.size) : undefined;
  const magnification = (view: View): number | undefined =>
    screenSize.calibrated
      ? stage.size.height / view.paperMmPerScreenHeight / (screenSize.cssPxPerMm * stage.pixelRatio)
      : undefined;
  const draw = (): void => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    const { view, ecg, group, sheet, failure } = reading;
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
    status.draw(quality?.state ?? (failure ? 'failed' : 'loading'), failure);
    describe(element, view, quality);
    parts.onDraw();
  };
  const schedule = (): void => {
    frame ??= requestAnimationFrame(draw);
  };
  i18next.on('languageChanged', schedule);
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
    schedule,
    measured() {
      screenSize = readScreenSize(localStorage, window);
      schedule();
    },
    dispose() {
      if (frame !== undefined) cancelAnimationFrame(frame);
      i18next.off('languageChanged', schedule);
      device.dispose();
      stage.dispose();
      for (const part of [bars.top, pane, bars.bottom]) part.remove();
    },
  };
}

/** What is on the canvas now, for whoever reads the page: tests, and engineers with a report from a hospital. */
function describe(element: HTMLElement, view: View | undefined, quality: Quality | undefined): void {
  const attributes: Record<string, string | number | undefined> = {
    recordId: view?.target.recordId,
    group: view?.target.group,
    quality: quality?.state,
    loadedFrames: quality?.loadedFrames,
    totalFrames: quality?.totalFrames,
    viewport: view && JSON.stringify(view),
  };
  for (const [name, value] of Object.entries(attributes)) {
    const text = value === undefined ? '' : String(value);
    if (element.dataset[name] !== text) element.dataset[name] = text;
  }
}
