import type { Random } from '../random.ts';
import { CELL, type Outline } from './outline.ts';
import type { Colour, Raster } from './raster.ts';

/** Evaluated once and laid over the slide again and again, mirrored so that no seam shows. */
const FIELD_SIDE = 1024;

/** Smooth noise, 0 to 1, in waves of about `cell` pixels; `stretch` times as long across as down. */
function createField(random: Random, cell: number, stretch: number): Float32Array {
  const columns = Math.ceil(FIELD_SIDE / (cell * stretch)) + 2;
  const rows = Math.ceil(FIELD_SIDE / cell) + 2;
  const knots = Float32Array.from({ length: columns * rows }, () => random.next());
  const across = Float32Array.from({ length: FIELD_SIDE }, (_, x) => eased(x / (cell * stretch)));
  const field = new Float32Array(FIELD_SIDE * FIELD_SIDE);
  for (let y = 0; y < FIELD_SIDE; y += 1) {
    const down = eased(y / cell);
    const row = Math.floor(y / cell) * columns;
    for (let x = 0; x < FIELD_SIDE; x += 1) {
      const at = row + Math.floor(x / (cell * stretch));
      const [upper, lower] = [knots[at] as number, knots[at + columns] as number];
      const left = upper + (lower - upper) * down;
      const right =
        (knots[at + 1] as number) + ((knots[at + columns + 1] as number) - (knots[at + 1] as number)) * down;
      field[y * FIELD_SIDE + x] = left + (right - left) * (across[x] as number);
    }
  }
  return field;
}

/** The part behind the point, so that the slope is 0 at the knots. */
function eased(value: number): number {
  const part = value - Math.floor(value);
  return part * part * (3 - 2 * part);
}

function mirrored(value: number): number {
  const at = value & (2 * FIELD_SIDE - 1);
  return at < FIELD_SIDE ? at : 2 * FIELD_SIDE - 1 - at;
}

const GLASS: Colour = [244, 242, 245];
const PALE: Colour = [240, 205, 222];
const DEEP: Colour = [214, 132, 172];

/** Glass, and where there is tissue its connective part stained with eosin: pink, in bundles of fibres. */
export function paintStroma({ width, height, rgb }: Raster, random: Random, outline: Outline): void {
  const colours = colourField(random);
  Buffer.from(rgb.buffer).fill(Buffer.from(GLASS));
  for (const { left, top, isWhole } of outline.cells()) {
    for (let y = top; y < Math.min(top + CELL, height); y += 1) {
      const row = mirrored(y) * FIELD_SIDE;
      for (let x = left; x < Math.min(left + CELL, width); x += 1) {
        const from = (row + mirrored(x)) * 3;
        const to = (y * width + x) * 3;
        const share = isWhole ? 1 : outline.at(x, y);
        for (let channel = 0; channel < 3; channel += 1) {
          const glass = rgb[to + channel] as number;
          rgb[to + channel] = glass + ((colours[from + channel] as number) - glass) * share;
        }
      }
    }
  }
}

function colourField(random: Random): Uint8Array {
  const bundles = createField(random, 40, 5);
  const fibres = createField(random, 7, 7);
  const colours = new Uint8Array(bundles.length * 3);
  for (let index = 0; index < bundles.length; index += 1) {
    const depth = 0.55 * (bundles[index] as number) + 0.45 * (fibres[index] as number);
    for (let channel = 0; channel < 3; channel += 1) {
      const pale = PALE[channel] as number;
      colours[index * 3 + channel] = pale + ((DEEP[channel] as number) - pale) * depth;
    }
  }
  return colours;
}
