import sharp from 'sharp';
import { damaged } from '../../formats/slide/refusal.ts';
import type { Picture } from '../../formats/slide/slide.ts';

/** Samples by pixel, without padding. 16-bit samples are gray. */
export interface Raster {
  width: number;
  height: number;
  channels: 1 | 3 | 4;
  data: Uint8Array | Uint16Array;
}

/** Pixels that a picture is decoded to at once: ten times the largest macro image. */
export const MAX_PICTURE_PIXELS = 40_000_000;

/** Lossless. A low effort, since the tile is drawn once and then cached by whoever asked. */
export async function encodePng({ width, height, channels, data }: Raster): Promise<Picture> {
  const image = sharp(data, { raw: { width, height, channels } });
  const colored = data instanceof Uint16Array ? image.toColourspace('grey16') : image;
  const bytes = await colored.png({ compressionLevel: 3 }).toBuffer();
  return { mediaType: 'image/png', bytes };
}

const blanks = new Map<string, Promise<Picture>>();

/** What was not scanned: nothing can be mistaken there for tissue or for glass. */
export function transparentPng(width: number, height: number): Promise<Picture> {
  const key = `${width}×${height}`;
  const known = blanks.get(key);
  if (known !== undefined) return known;
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  const blank = sharp({ create: { width, height, channels: 4, background } })
    .png()
    .toBuffer()
    .then((bytes): Picture => ({ mediaType: 'image/png', bytes }));
  // A file of many odd sizes must not fill memory.
  if (blanks.size >= 16) blanks.clear();
  blanks.set(key, blank);
  return blank;
}

/** The pixels of a whole JPEG stream as RGB. Throws `file-damaged`. */
export async function decodeJpegRaster(bytes: Uint8Array): Promise<Raster> {
  try {
    const { data, info } = await sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PICTURE_PIXELS })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`${info.channels} channels`);
    return { width: info.width, height: info.height, channels: 3, data };
  } catch (error) {
    throw damaged('a JPEG stream cannot be decoded', error);
  }
}
