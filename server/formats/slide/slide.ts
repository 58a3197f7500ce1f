import { Failure } from '../../contract/failure.ts';

/** No scanner writes larger tiles; a blank one of this takes 64 MB while it is made. */
export const MAX_TILE_PIXELS = 4096 ** 2;

/** One resolution of the pyramid. Tiles lie in a grid from the upper left corner, without overlap. */
export interface SlideLevel {
  width: number;
  height: number;
  tileWidth: number;
  tileHeight: number;
  /** Pixels of level 0 to one of this, mean of both directions. */
  downsample: number;
}

/** What a browser draws as it is. */
export interface Picture {
  mediaType: 'image/jpeg' | 'image/png';
  bytes: Uint8Array;
}

/**
 * A picture in the file that is not part of the pyramid. Only a `thumbnail` shows nothing but tissue; all others, `other` too,
 * may show the label with the patient's name and are for those alone who may see it.
 */
export type AssociatedKind = 'label' | 'macro' | 'thumbnail' | 'other';

export interface AssociatedImage {
  kind: AssociatedKind;
  width: number;
  height: number;
  /** Throws `file-damaged`, `file-truncated`, `slide-encoding-unsupported`. */
  read(): Promise<Picture>;
}

export type SlideFormat = 'aperio' | 'ome-tiff' | 'tiff' | 'dicom';

/** A whole slide image whose files are read in place. Nothing of it is held in memory but its structure. */
export interface Slide {
  format: SlideFormat;
  /** Level 0 is the largest. */
  levels: SlideLevel[];
  /** Size of a level 0 pixel; null: not stated, lengths are in pixels then. */
  umPerPixel: { x: number; y: number } | null;
  /** Nominal magnification of the objective, as stated. */
  objectivePower: number | null;
  /** Never among the tiles, whatever is asked for there. */
  associated: AssociatedImage[];
  /**
   * A tile, counted from 0. It is at least as large as what lies of it inside the slide; what is beyond, at the right and lower
   * edge, is the scanner's padding and not to be drawn. A tile that was not scanned is transparent.
   * Throws `not-found` outside the slide; `file-damaged`, `file-truncated`, `slide-encoding-unsupported`.
   */
  readTile(level: number, column: number, row: number): Promise<Picture>;
  /** Looks at where every tile lies and reads one of each level, so that a file is refused when it comes, not while it is read. */
  check(): Promise<void>;
}

export interface TileGrid {
  columns: number;
  rows: number;
}

export function tileGrid({ width, height, tileWidth, tileHeight }: Omit<SlideLevel, 'downsample'>): TileGrid {
  return { columns: Math.ceil(width / tileWidth), rows: Math.ceil(height / tileHeight) };
}

/** The level, if the tile is there. Throws `not-found` for anything else, also for what is no whole number. */
export function getTileLevel<L extends SlideLevel>(
  levels: readonly L[],
  level: number,
  column: number,
  row: number,
): L {
  const found = Number.isInteger(level) ? levels[level] : undefined;
  if (found !== undefined && Number.isInteger(column) && Number.isInteger(row)) {
    const { columns, rows } = tileGrid(found);
    if (column >= 0 && column < columns && row >= 0 && row < rows) return found;
  }
  throw new Failure('not-found', 'no such tile');
}

interface Size {
  width: number;
  height: number;
}

/** True where `size` can be `base` made smaller: scanners round each side, down or up, at each step. */
export function isReduced(size: Size, base: Size): boolean {
  if (size.width >= base.width || size.height >= base.height) return false;
  const downsample = downsampleOf(size, base);
  const differs = (a: number, b: number) => Math.abs(a - b / downsample) > 1.5;
  return !differs(size.width, base.width) && !differs(size.height, base.height);
}

export function downsampleOf(size: Size, base: Size): number {
  return (base.width / size.width + base.height / size.height) / 2;
}
