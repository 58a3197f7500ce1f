import { Failure } from '../../contract/failure.ts';
import { type Slide, type SlideLevel, tileGrid } from './slide.ts';

/**
 * A slide in Deep Zoom's numbers: level `maxLevel` is the whole slide, each below it half as large, level 0 one pixel; no
 * overlap. Only what the file holds can be asked for: nothing is scaled here, so a client draws `levels` and no other.
 */
export interface DeepZoom {
  width: number;
  height: number;
  maxLevel: number;
  /** Coarse to fine. A file may leave some out (scanners often store every fourth size only). */
  levels: DeepZoomLevel[];
}

export interface DeepZoomLevel extends Omit<SlideLevel, 'downsample'> {
  /** Deep Zoom's number. */
  level: number;
  columns: number;
  rows: number;
  /** In `Slide.levels`. */
  slideLevel: number;
}

/** Levels that are no power of two smaller than level 0 have no number in Deep Zoom and are left out. */
export function deepZoomOf({ levels }: Pick<Slide, 'levels'>): DeepZoom {
  const base = levels[0];
  if (base === undefined) throw new Failure('not-found', 'a slide without levels');
  const { width, height } = base;
  const maxLevel = Math.ceil(Math.log2(Math.max(width, height)));
  const found = new Map<number, DeepZoomLevel>();
  for (const [slideLevel, { downsample: _, ...size }] of levels.entries()) {
    const level = maxLevel - halvings(size, base);
    if (level >= 0 && level <= maxLevel && !found.has(level)) {
      found.set(level, { level, ...size, ...tileGrid(size), slideLevel });
    }
  }
  return { width, height, maxLevel, levels: [...found.values()].sort((a, b) => a.level - b.level) };
}

type Size = { width: number; height: number };

/** How often `base` was halved, each time rounded down or up; NaN where that does not give this size. */
function halvings(size: Size, base: Size): number {
  const times = Math.round(Math.log2(base.width / size.width + base.height / size.height) - 1);
  const isHalved = (side: number, whole: number) => Math.abs(side * 2 ** times - whole) < 2 ** times;
  return isHalved(size.width, base.width) && isHalved(size.height, base.height) ? times : Number.NaN;
}

/**
 * Where in the slide a Deep Zoom tile lies. Throws `not-found` for a tile outside the slide, for a level that the file does not
 * hold, and for what is no whole number.
 */
export function getTilePlace(deepZoom: DeepZoom, level: number, column: number, row: number) {
  const found = deepZoom.levels.find((candidate) => candidate.level === level);
  const inside = (value: number, count: number) => Number.isInteger(value) && value >= 0 && value < count;
  if (found === undefined || !inside(column, found.columns) || !inside(row, found.rows)) {
    throw new Failure('not-found', 'no such tile');
  }
  return { level: found.slideLevel, column, row };
}
