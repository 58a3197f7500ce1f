import { type Attributes, findNumber, findString } from '../../dicom/attributes.ts';
import { damaged, unsupported } from '../refusal.ts';

export interface TileLayout {
  columns: number;
  rows: number;
  tileWidth: number;
  tileHeight: number;
  numberOfFrames: number;
}

/** The frame (from 0) that holds a tile; undefined: this tile was not scanned. */
export type FindFrame = (column: number, row: number) => number | undefined;

const PER_FRAME = '52009230';
const PLANE_POSITION = '0048021A';

/**
 * Where each frame lies, PS3.3 section C.7.6.17.3. Of several focus planes the middle one is shown, of several optical paths the
 * first. Throws `file-damaged` where frames are missing, `slide-encoding-unsupported` where they lie in no grid.
 */
export function locateTiles(dataset: Attributes, layout: TileLayout): FindFrame {
  const type = findString(dataset, '00209311');
  if (type === 'TILED_SPARSE') return sparse(dataset, layout);
  const perFrame = type === 'TILED_FULL' ? [] : dataset.items(PER_FRAME);
  return perFrame.some((frame) => frame.items(PLANE_POSITION).length > 0)
    ? sparse(dataset, layout)
    : full(dataset, layout);
}

/** Frames in the order rows, columns, focus planes, optical paths, columns fastest. */
function full(dataset: Attributes, { columns, rows, numberOfFrames }: TileLayout): FindFrame {
  const plane = columns * rows;
  const stated = Math.max(1, Math.trunc(findNumber(dataset, '00480303', 'UL') ?? 1));
  if (numberOfFrames < plane) throw damaged(`${numberOfFrames} frames for ${plane} tiles`);
  const planes = Math.min(stated, Math.floor(numberOfFrames / plane));
  const first = Math.floor((planes - 1) / 2) * plane;
  return (column, row) => first + row * columns + column;
}

interface Placed {
  key: number;
  z: number;
  path: string;
  frame: number;
}

function sparse(dataset: Attributes, layout: TileLayout): FindFrame {
  const frames = dataset.items(PER_FRAME);
  if (frames.length < layout.numberOfFrames) throw damaged('a frame without its place');
  const placed = frames.slice(0, layout.numberOfFrames).map((item, frame) => place(item, frame, layout));
  const depths = [...new Set(placed.map(({ z }) => z))].sort((a, b) => a - b);
  const depth = depths[Math.floor((depths.length - 1) / 2)];
  const path = placed[0]?.path;
  const found = new Map<number, number>();
  for (const { key, z, path: own, frame } of placed) {
    if (z === depth && own === path && !found.has(key)) found.set(key, frame);
  }
  return (column, row) => found.get(row * layout.columns + column);
}

/** Positions count from 1 and are those of the tile's upper left pixel. */
function place(item: Attributes, frame: number, { columns, rows, tileWidth, tileHeight }: TileLayout): Placed {
  const position = item.items(PLANE_POSITION)[0];
  const x = position && findNumber(position, '0048021E', 'SL');
  const y = position && findNumber(position, '0048021F', 'SL');
  if (position === undefined || x === undefined || y === undefined) throw damaged('a frame without its place');
  const [column, row] = [(x - 1) / tileWidth, (y - 1) / tileHeight];
  if (!Number.isInteger(column) || !Number.isInteger(row)) throw unsupported('tiles that lie in no grid');
  if (column < 0 || column >= columns || row < 0 || row >= rows) throw damaged('a tile outside the slide');
  const pathItem = item.items('00480207')[0];
  return {
    key: row * columns + column,
    z: findNumber(position, '0040074A', 'DS') ?? 0,
    path: (pathItem && findString(pathItem, '00480106')) ?? '',
    frame,
  };
}
