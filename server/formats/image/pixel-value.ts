import type { ImageDescription } from './image.ts';
import { isPadding, modalityValue } from './modality-value.ts';
import { renderRgba } from './render.ts';
import type { StoredPixels } from './stored-pixels.ts';

/** What one pixel stands for: a value in the modality's unit, padding, or a colour as it is shown, 0 to 255. */
export type PixelValue =
  | { kind: 'value'; value: number }
  | { kind: 'padding' }
  | { kind: 'color'; red: number; green: number; blue: number };

/** The pixel under an image point, (0,0) being the outer corner of the first; undefined outside of the image. */
export function pixelValueAt(
  pixels: StoredPixels,
  image: ImageDescription,
  point: { x: number; y: number },
): PixelValue | undefined {
  const [column, row] = [Math.floor(point.x), Math.floor(point.y)];
  if (column < 0 || row < 0 || column >= pixels.columns || row >= pixels.rows) return undefined;
  const { samplesPerPixel } = pixels;
  const at = (row * pixels.columns + column) * samplesPerPixel;
  if (samplesPerPixel === 1 && pixels.photometricInterpretation !== 'PALETTE COLOR') {
    const stored = pixels.data[at] as number;
    return isPadding(image, stored) ? { kind: 'padding' } : { kind: 'value', value: modalityValue(image, stored) };
  }
  const one = { ...pixels, rows: 1, columns: 1, data: pixels.data.slice(at, at + samplesPerPixel) };
  const [red = 0, green = 0, blue = 0] = renderRgba(one, image, null, false);
  return { kind: 'color', red, green, blue };
}
