import type { ImageDescription } from './image.ts';
import { bitsInFrame, type OverlayBits, type OverlayPlane } from './overlay-planes.ts';

/** The planes of an image with their bits, by group. A plane without bits is not drawn. */
export type OverlayData = Readonly<Record<string, OverlayBits>>;

/** RGB, 0 to 255. */
export type OverlayColor = readonly [number, number, number];

/**
 * Draws the planes of one frame over its RGBA picture. Graphics cover what is beneath; of a region of interest only the outline is drawn,
 * since it lies on the very tissue that one wants to see.
 */
export function drawOverlays(
  rgba: Uint8ClampedArray,
  { rows, columns, overlays, frame }: ImageDescription,
  data: OverlayData,
  color: OverlayColor,
): void {
  for (const plane of overlays) {
    const all = data[plane.group];
    const own = all && bitsInFrame(plane, all, frame);
    if (!own) continue;
    const isSet = setIn(plane, own);
    for (let y = 0; y < plane.rows; y += 1) {
      const row = plane.top + y;
      if (row < 0 || row >= rows) continue;
      for (let x = 0; x < plane.columns; x += 1) {
        const column = plane.left + x;
        if (column < 0 || column >= columns || !isSet(x, y)) continue;
        if (plane.kind === 'region' && isInside(isSet, x, y)) continue;
        rgba.set(color, (row * columns + column) * 4);
      }
    }
  }
}

type IsSet = (x: number, y: number) => boolean;

function setIn({ rows, columns }: OverlayPlane, { bits, firstBit }: { bits: OverlayBits; firstBit: number }): IsSet {
  return (x, y) => {
    if (x < 0 || y < 0 || x >= columns || y >= rows) return false;
    const at = firstBit + y * columns + x;
    return (((bits[at >> 3] as number) >> (at & 7)) & 1) === 1;
  };
}

function isInside(isSet: IsSet, x: number, y: number): boolean {
  return isSet(x - 1, y) && isSet(x + 1, y) && isSet(x, y - 1) && isSet(x, y + 1);
}
