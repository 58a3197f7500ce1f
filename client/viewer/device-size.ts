import type { Size } from './affine.ts';

export interface DeviceSizeWatch {
  /** Once the element has a size. */
  readonly ready: Promise<void>;
  dispose(): void;
}

/**
 * Watches how large an element is in the screen's own pixels. An element that is hidden keeps what it had.
 * @param devicePixels of a side of the element. `told`: what the browser says itself; undefined: it does not.
 * @param onSize called before the next painting; `css`: the same in CSS pixels.
 */
export function watchDeviceSize(
  element: HTMLElement,
  devicePixels: (cssPx: number, told: number | undefined) => number,
  onSize: (size: Size, css: Size) => void,
): DeviceSizeWatch {
  let becomeReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    becomeReady = resolve;
  });
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return;
    const [box] = entry.devicePixelContentBoxSize ?? [];
    const { contentRect } = entry;
    const width = devicePixels(contentRect.width, box?.inlineSize);
    const height = devicePixels(contentRect.height, box?.blockSize);
    if (width === 0 || height === 0) return;
    onSize({ width, height }, contentRect);
    becomeReady();
  });
  try {
    observer.observe(element, { box: 'device-pixel-content-box' });
  } catch {
    // Browsers that do not tell device pixels: rounding is the best one can do.
    observer.observe(element);
  }
  return { ready, dispose: () => observer.disconnect() };
}
