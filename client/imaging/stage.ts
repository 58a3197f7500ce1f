import { createSoftwareCanvas } from './frame-painter.ts';
import type { Size } from './transform.ts';

/** The canvas in its element, as sharp as the screen. */
export interface Stage {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  /** In canvas pixels. */
  readonly size: Size;
  /** Canvas pixels in one CSS pixel. */
  readonly pixelRatio: number;
  /** Once the element has a size. */
  readonly ready: Promise<void>;
  dispose(): void;
}

/** @param onResize called before the next painting; the canvas is blank then. */
export function createStage(element: HTMLElement, onResize: () => void): Stage {
  const { canvas, context } = createSoftwareCanvas();
  canvas.className = 'picture-canvas';
  canvas.dataset['testid'] = 'picture-canvas';
  element.prepend(canvas);
  let pixelRatio = window.devicePixelRatio;
  let becomeReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    becomeReady = resolve;
  });
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return;
    const [box] = entry.devicePixelContentBoxSize ?? [];
    pixelRatio = window.devicePixelRatio;
    const width = box?.inlineSize ?? Math.round(entry.contentRect.width * pixelRatio);
    const height = box?.blockSize ?? Math.round(entry.contentRect.height * pixelRatio);
    if (width === 0 || height === 0) return;
    if (width !== canvas.width || height !== canvas.height) {
      canvas.width = width;
      canvas.height = height;
      onResize();
    }
    becomeReady();
  });
  try {
    observer.observe(element, { box: 'device-pixel-content-box' });
  } catch {
    // Browsers that do not tell device pixels: rounding is the best one can do.
    observer.observe(element);
  }
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
    ready,
    dispose() {
      observer.disconnect();
      canvas.remove();
    },
  };
}
