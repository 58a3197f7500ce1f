import sharp from 'sharp';
import type { PathologyViewport } from '../../server/contract/pathology.ts';
import { dataPath } from '../support/data.ts';

/** A picture's green channel: tissue has most of its contrast there. */
export interface Gray {
  width: number;
  height: number;
  data: Uint8Array;
}

/** The largest level of a sample as libvips decodes it, which shares no code with ours. */
export async function decodeBase(name: string): Promise<Gray & { rgb: Buffer }> {
  const { data, info } = await sharp(dataPath(`pathology/${name}`), { limitInputPixels: false })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { rgb: data, width: info.width, height: info.height, data: channel(data, 3) };
}

export function channel(pixels: Uint8Array, channels: number): Uint8Array {
  return Uint8Array.from({ length: pixels.length / channels }, (_, index) => pixels[index * channels + 1] ?? 0);
}

/** Points of a canvas pixel that are averaged, in each direction. */
const SAMPLES = 4;

/**
 * What a window of this size shows of the slide, by the viewport's own definition: nothing of the viewer's arithmetic is used.
 * `shift`: as if the picture lay so many canvas pixels further right and down.
 */
export function drawReference(
  base: Gray,
  { center, imagePixelsPerScreenHeight, rotation }: PathologyViewport,
  size: { width: number; height: number },
  part: { x: number; y: number; width: number; height: number },
  shift = { x: 0, y: 0 },
): Float64Array {
  const step = imagePixelsPerScreenHeight / size.height;
  const [cos, sin] = [Math.cos((rotation * Math.PI) / 180), Math.sin((rotation * Math.PI) / 180)];
  const drawn = new Float64Array(part.width * part.height);
  for (let y = 0; y < part.height; y += 1) {
    for (let x = 0; x < part.width; x += 1) {
      let sum = 0;
      for (let sample = 0; sample < SAMPLES ** 2; sample += 1) {
        const across = part.x + x + ((sample % SAMPLES) + 0.5) / SAMPLES - shift.x - size.width / 2;
        const down = part.y + y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES - shift.y - size.height / 2;
        const column = Math.floor(center.x + step * (cos * across + sin * down));
        const row = Math.floor(center.y + step * (cos * down - sin * across));
        const inside = column >= 0 && row >= 0 && column < base.width && row < base.height;
        sum += inside ? (base.data[row * base.width + column] ?? 0) : 0;
      }
      drawn[y * part.width + x] = sum / SAMPLES ** 2;
    }
  }
  return drawn;
}

/** How far a picture lies from where it should, in canvas pixels, from where the difference is least. */
export function offsetFrom(
  picture: Gray,
  base: Gray,
  viewport: PathologyViewport,
  part: { x: number; y: number; width: number; height: number },
): { x: number; y: number; difference: number } {
  const differenceAt = (x: number, y: number): number => {
    const wanted = drawReference(base, viewport, picture, part, { x, y });
    let sum = 0;
    for (const [index, value] of wanted.entries()) {
      const [column, row] = [part.x + (index % part.width), part.y + Math.floor(index / part.width)];
      sum += (value - (picture.data[row * picture.width + column] ?? 0)) ** 2;
    }
    return sum / wanted.length;
  };
  const middle = differenceAt(0, 0);
  // Near its least the sum of squares is a parabola.
  const least = (before: number, after: number): number => (before - after) / (2 * (before - 2 * middle + after));
  return {
    x: least(differenceAt(-1, 0), differenceAt(1, 0)),
    y: least(differenceAt(0, -1), differenceAt(0, 1)),
    difference: Math.sqrt(middle),
  };
}
