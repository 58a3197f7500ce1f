import { watchDeviceSize } from './device-size.ts';

/** A canvas that is as sharp as the screen. */
export interface SharpCanvas {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  /** In canvas pixels. */
  readonly size: { width: number; height: number };
  /** Canvas pixels in one CSS pixel. */
  readonly pixelRatio: number;
  /** Once the element has a size. */
  readonly ready: Promise<void>;
  dispose(): void;
}

/**
 * A canvas that the browser draws with the processor: the same picture on every machine, with or without a graphics card, and
 * as fast as one without needs it.
 */
export function createSoftwareCanvas(): Pick<SharpCanvas, 'canvas' | 'context'> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('this browser has no canvas');
  return { canvas, context };
}

/**
 * Puts a canvas into the element and keeps it at the element's size in the screen's own pixels; its style sheet stretches it.
 * @param onResize called before the next painting; the canvas is blank then.
 */
export function createSharpCanvas(element: HTMLElement, onResize: () => void): SharpCanvas {
  const { canvas, context } = createSoftwareCanvas();
  element.prepend(canvas);
  let pixelRatio = window.devicePixelRatio;
  const watch = watchDeviceSize(element, devicePixels, ({ width, height }) => {
    const sameRatio = pixelRatio === window.devicePixelRatio;
    pixelRatio = window.devicePixelRatio;
    if (width === canvas.width && height === canvas.height && sameRatio) return;
    canvas.width = width;
    canvas.height = height;
    onResize();
  });
  return {
    element,
    canvas,
    context,
    get size() {
      return { width: canvas.width, height: canvas.height };
    },
    get pixelRatio() {
      return pixelRatio;
    },
    ready: watch.ready,
    dispose() {
      watch.dispose();
      canvas.remove();
    },
  };
}

/** As the browser tells them, where it can: it knows how the page lies on the screen's pixels. An emulated screen tells CSS pixels there. */
function devicePixels(cssPx: number, told: number | undefined): number {
  const expected = cssPx * window.devicePixelRatio;
  return told !== undefined && Math.abs(told - expected) < 1 ? told : Math.round(expected);
}
