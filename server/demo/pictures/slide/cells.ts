import type { Random } from '../random.ts';
import { blend, type Colour, paintSpot, type Raster } from './raster.ts';

const NUCLEUS: Colour = [104, 70, 148];
const DARK_NUCLEUS: Colour = [66, 36, 108];
const CYTOPLASM: Colour = [206, 146, 190];
const LUMEN: Colour = [246, 240, 246];

/** A gland cut across, or a nest of cells: what stands round a centre. All lengths in pixels of 0.5 µm. */
export interface Nest {
  x: number;
  y: number;
  radius: number;
  /** How much longer than wide, and which way. */
  stretch: number;
  turn: number;
  /** Share of the radius that is hollow; 0: a solid nest. */
  hollow: number;
  /** 0: one row of even nuclei at the base; 1: large, dark, crowded ones in every row. */
  atypia: number;
}

/** Haematoxylin: an oval with a darker rim of chromatin and a lighter middle. */
export function paintNucleus(
  raster: Raster,
  random: Random,
  at: { x: number; y: number; turn: number },
  size: number,
  dark: number,
): void {
  const { x, y, turn } = at;
  const mixed = (channel: 0 | 1 | 2) => NUCLEUS[channel] + (DARK_NUCLEUS[channel] - NUCLEUS[channel]) * dark;
  const colour = [mixed(0), mixed(1), mixed(2)] as const;
  const [rx, ry] = [size * random.between(1.1, 1.5), size * random.between(0.75, 1)];
  paintSpot(raster, { x, y, rx, ry, turn }, colour, 0.9);
  paintSpot(
    raster,
    { x: x + random.gauss(0.8), y: y + random.gauss(0.8), rx: rx * 0.5, ry: ry * 0.5, turn },
    NUCLEUS,
    0.35,
  );
}

export function paintNest(raster: Raster, random: Random, nest: Nest): void {
  const wobble = { two: random.between(0.04, 0.12), three: random.between(0.02, 0.07), phase: random.between(0, 6) };
  const edgeAt = (angle: number) =>
    1 + wobble.two * Math.sin(2 * angle + wobble.phase) + wobble.three * Math.sin(3 * angle + 2 * wobble.phase);
  paintBody(raster, nest, edgeAt);
  const rows = nest.hollow === 0 ? Math.floor(nest.radius / 15) : 1 + Math.round(nest.atypia * 2);
  for (let row = 0; row < rows; row += 1) {
    const share = nest.hollow === 0 ? (row + 0.6) / rows : 0.84 - row * 0.15;
    const gapPx = nest.hollow === 0 ? 19 : 12.5 - 2 * nest.atypia;
    const count = Math.floor((2 * Math.PI * nest.radius * share) / gapPx);
    for (let cell = 0; cell < count; cell += 1) {
      const angle = ((cell + random.between(0.25, 0.75)) / count) * 2 * Math.PI;
      const away = nest.radius * edgeAt(angle) * (share + random.gauss(0.03));
      const place = fromCentre(nest, Math.cos(angle) * away * nest.stretch, Math.sin(angle) * away);
      const size = 4.4 + nest.atypia * random.between(0.4, 3.2);
      const turn = nest.hollow === 0 ? random.between(0, 3) : nest.turn + angle;
      paintNucleus(raster, random, { ...place, turn }, size, nest.atypia * random.between(0.3, 1));
    }
  }
}

function fromCentre({ x, y, turn }: Nest, along: number, across: number) {
  return {
    x: x + along * Math.cos(turn) - across * Math.sin(turn),
    y: y + along * Math.sin(turn) + across * Math.cos(turn),
  };
}

/** How far the edge can be from a circle, in radii. */
const LEAST_EDGE = 0.8;
const MOST_EDGE = 1.2;

function paintBody({ width, height, rgb }: Raster, nest: Nest, edgeAt: (angle: number) => number): void {
  const { x, y, radius, stretch, hollow } = nest;
  const reach = Math.ceil(radius * Math.max(1, stretch) * MOST_EDGE);
  const cos = Math.cos(nest.turn);
  const sin = Math.sin(nest.turn);
  const right = Math.min(width - 1, x + reach);
  const bottom = Math.min(height - 1, y + reach);
  for (let row = Math.max(0, Math.floor(y - reach)); row <= bottom; row += 1) {
    for (let column = Math.max(0, Math.floor(x - reach)); column <= right; column += 1) {
      const along = ((column - x) * cos + (row - y) * sin) / stretch;
      const across = (row - y) * cos - (column - x) * sin;
      const far = Math.sqrt(along * along + across * across) / radius;
      if (far > MOST_EDGE) continue;
      // Only near a border does the direction matter.
      const isPlain = far < LEAST_EDGE * 0.9 && (far > hollow * MOST_EDGE || far < hollow * LEAST_EDGE * 0.7);
      const share = isPlain ? far : far / edgeAt(Math.atan2(across, along));
      if (share >= 1) continue;
      const at = (row * width + column) * 3;
      blend(rgb, at, CYTOPLASM, Math.min(0.85, (1 - share) * 12));
      if (share < hollow) blend(rgb, at, LUMEN, Math.min(1, (hollow - share) * 14));
    }
  }
}
