import type { Size } from '../viewer/affine.ts';

/** In pixels of the screen itself. */
export interface WindowSize extends Size {
  /** Screen pixels in one CSS pixel. */
  pixelRatio: number;
}

export interface WindowWatch {
  readonly size: WindowSize;
  /** Once the element has a size. */
  readonly ready: Promise<void>;
  dispose(): void;
}

/** @param onResize called before the next painting. */
export function watchWindow(element: HTMLElement, onResize: () => void): WindowWatch {
  let size: WindowSize = { width: 0, height: 0, pixelRatio: 1 };
  let becomeReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    becomeReady = resolve;
  });
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return;
    const [box] = entry.devicePixelContentBoxSize ?? [];
    const { contentRect } = entry;
    const width = box?.inlineSize ?? Math.round(contentRect.width * window.devicePixelRatio);
    const height = box?.blockSize ?? Math.round(contentRect.height * window.devicePixelRatio);
    // Another viewer is in front.
    if (width === 0 || height === 0) return;
    // Not `devicePixelRatio`: where the page is zoomed to an odd percentage the canvas is rounded, and the two differ.
    const pixelRatio = height / contentRect.height;
    if (width !== size.width || height !== size.height || pixelRatio !== size.pixelRatio) {
      size = { width, height, pixelRatio };
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
    get size() {
      return size;
    },
    ready,
    dispose: () => observer.disconnect(),
  };
}
