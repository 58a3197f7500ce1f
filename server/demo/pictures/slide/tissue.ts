import { createRandom, type Random } from '../random.ts';
import { type Nest, paintNest, paintNucleus } from './cells.ts';
import { createOutline, type Outline } from './outline.ts';
import type { Raster, Spot } from './raster.ts';
import { paintStroma } from './stroma.ts';

/** What a slide shows; all lengths in pixels. */
export interface Tissue {
  seed: string;
  width: number;
  height: number;
  pieces: Spot[];
  nests: {
    radius: [low: number, high: number];
    /** From centre to centre, in radii. */
    spacing: number;
    /** Share of the radius that is hollow; 0: solid nests of cells. */
    hollow: number;
    atypia: number;
  };
  /** Where cells are atypical whatever they are elsewhere. */
  lesion: Spot | null;
  /** Cells of the connective tissue on a square of 100 pixels. */
  stromalCells: number;
}

const LESION_ATYPIA = 0.9;

/** A section stained with haematoxylin and eosin. */
export function paintTissue(tissue: Tissue): Raster {
  const { seed, width, height } = tissue;
  const random = createRandom(seed);
  const raster = { width, height, rgb: new Uint8Array(width * height * 3) };
  const outline = createOutline(random, tissue.pieces, width, height);
  paintStroma(raster, random, outline);
  paintStromalCells(raster, random, tissue, outline);
  for (const nest of placeNests(random, tissue, outline)) paintNest(raster, random, nest);
  return raster;
}

function paintStromalCells(raster: Raster, random: Random, tissue: Tissue, outline: Outline): void {
  const count = Math.round((tissue.width * tissue.height * tissue.stromalCells) / 10_000);
  for (let cell = 0; cell < count; cell += 1) {
    const [x, y] = [random.between(0, tissue.width), random.between(0, tissue.height)];
    if (!outline.holds(x, y, 6)) continue;
    // Two of three lie along the fibres, flat; the others are lymphocytes.
    const isRound = random.next() < 0.35;
    const turn = isRound ? 0 : random.gauss(0.35);
    paintNucleus(raster, random, { x, y, turn }, isRound ? 4 : 3.1, isRound ? 0.8 : 0.3);
    if (!isRound)
      paintNucleus(raster, random, { x: x + 4 * Math.cos(turn), y: y + 4 * Math.sin(turn), turn }, 2.6, 0.3);
  }
}

/** On a grid of shifted rows, each moved about a little. */
function placeNests(random: Random, { width, height, nests, lesion }: Tissue, outline: Outline): Nest[] {
  const [low, high] = nests.radius;
  const step = ((low + high) / 2) * nests.spacing;
  const placed: Nest[] = [];
  for (let row = 0; row * step * 0.87 < height; row += 1) {
    for (let column = 0; column * step < width; column += 1) {
      const x = Math.round((column + (row % 2) / 2) * step + random.gauss(step * 0.07));
      const y = Math.round(row * step * 0.87 + random.gauss(step * 0.07));
      const radius = random.between(low, high);
      const nest = { x, y, radius, stretch: random.between(0.95, 1.3), turn: random.between(0, Math.PI) };
      if (!outline.holds(x, y, radius * 1.1)) continue;
      const isLesion = lesion !== null && ((x - lesion.x) / lesion.rx) ** 2 + ((y - lesion.y) / lesion.ry) ** 2 < 1;
      placed.push({
        ...nest,
        hollow: nests.hollow === 0 ? 0 : nests.hollow * random.between(0.7, 1.3) * (isLesion ? 0.6 : 1),
        atypia: isLesion ? LESION_ATYPIA : nests.atypia,
      });
    }
  }
  return placed;
}
