import type { SlideView } from '../../server/contract/pathology.ts';
import type { Size } from '../viewer/affine.ts';
import type { PictureHome } from '../viewer/picture-home.ts';

/** One resolution in which the slide can be had, cut into tiles from its upper left corner. */
export interface Layer {
  /** Pixels of this layer to one of the largest. */
  scale: number;
  /** In its own pixels; what a last tile holds beyond them is the scanner's padding. */
  width: number;
  height: number;
  tileWidth: number;
  tileHeight: number;
  columns: number;
  rows: number;
  /** One picture of all the slide, whose size is not known before it comes. */
  isThumbnail: boolean;
  addressOf(column: number, row: number): string;
}

/** Coarse to fine, never empty. */
export interface Pyramid extends Size {
  layers: Layer[];
}

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** As large as the server makes thumbnails. */
const THUMBNAIL_PX = 512;

export function slideAddress(
  home: PictureHome,
  { slideId, revision }: Pick<SlideView, 'slideId' | 'revision'>,
): string {
  return `/api/${home}/slides/${slideId}/${revision}`;
}

/**
 * A file may leave levels out, even all but the largest: where its coarsest level is more than one tile, the thumbnail lies
 * below it.
 *
 * @param address of the slide's pictures, {@link slideAddress}
 */
export function pyramidOf(slide: SlideView, address: string): Pyramid {
  const { width, height, maxLevel } = slide;
  const layers = slide.levels.map(({ level, columns, rows, tileWidth, tileHeight, ...size }): Layer => {
    // Each level is the one above with every two pixels made one, so its scale is a power of two also where a side was rounded:
    // stretching it to the slide's size would shift its far end by up to a pixel.
    const scale = 2 ** (level - maxLevel);
    return {
      scale,
      width: Math.min(size.width, width * scale),
      height: Math.min(size.height, height * scale),
      tileWidth,
      tileHeight,
      columns,
      rows,
      isThumbnail: false,
      addressOf: (column, row) => `${address}/slide_files/${level}/${column}_${row}.jpeg`,
    };
  });
  const [coarsest] = layers;
  if (!coarsest || coarsest.columns * coarsest.rows > 1) layers.unshift(thumbnailOf(slide, address));
  return { width, height, layers };
}

function thumbnailOf({ width, height }: Size, address: string): Layer {
  const scale = Math.min(1, THUMBNAIL_PX / Math.max(width, height));
  const size = { width: width * scale, height: height * scale };
  return {
    scale,
    ...size,
    tileWidth: size.width,
    tileHeight: size.height,
    columns: 1,
    rows: 1,
    isThumbnail: true,
    addressOf: () => `${address}/thumbnail`,
  };
}

/** What lies of a tile inside the slide, in the layer's pixels. */
export function tileRect(layer: Layer, column: number, row: number): Rect {
  const [x, y] = [column * layer.tileWidth, row * layer.tileHeight];
  return {
    x,
    y,
    width: Math.max(0, Math.min(layer.tileWidth, layer.width - x)),
    height: Math.max(0, Math.min(layer.tileHeight, layer.height - y)),
  };
}
