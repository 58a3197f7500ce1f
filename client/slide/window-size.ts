import type { Size } from '../viewer/affine.ts';
import { type DeviceSizeWatch, watchDeviceSize } from '../viewer/device-size.ts';

/** In pixels of the screen itself. */
export interface WindowSize extends Size {
  /** Screen pixels in one CSS pixel. */
  pixelRatio: number;
}

export interface WindowWatch extends DeviceSizeWatch {
  readonly size: WindowSize;
}

/** @param onResize called before the next painting. */
export function watchWindow(element: HTMLElement, onResize: () => void): WindowWatch {
  let size: WindowSize = { width: 0, height: 0, pixelRatio: 1 };
  const watch = watchDeviceSize(element, devicePixels, ({ width, height }, css) => {
    // Not `devicePixelRatio`: where the page is zoomed to an odd percentage the canvas is rounded, and the two differ.
    const pixelRatio = height / css.height;
    if (width === size.width && height === size.height && pixelRatio === size.pixelRatio) return;
    size = { width, height, pixelRatio };
    onResize();
  });
  return {
    get size() {
      return size;
    },
    ready: watch.ready,
    dispose: watch.dispose,
  };
}

function devicePixels(cssPx: number, told: number | undefined): number {
  return told ?? Math.round(cssPx * window.devicePixelRatio);
}
