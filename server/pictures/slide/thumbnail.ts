import sharp from 'sharp';
import { Failure } from '../../contract/failure.ts';
import { type Picture, type Slide, type SlideLevel, tileGrid } from '../../formats/slide/slide.ts';

/** Neither side of a thumbnail is longer. */
export const THUMBNAIL_PX = 512;
/** A level of more pixels than this is not decoded as a whole for the sake of a small picture. */
const MAX_LEVEL_PIXELS = 64_000_000;

/**
 * All of the slide in a small JPEG, from its coarsest level; on white, as glass is. Throws `too-large` where even that is beyond
 * measure (a slide without a pyramid), and as `Slide.readTile`.
 */
export async function drawThumbnail(slide: Slide): Promise<Picture> {
  const number = slide.levels.length - 1;
  const level = slide.levels[number];
  if (level === undefined || level.width * level.height > MAX_LEVEL_PIXELS)
    throw new Failure('too-large', 'the slide has no level that is small enough');
  const { columns, rows } = tileGrid(level);
  // Row by row, each made small at once: a level is never in memory as a whole.
  const scale = Math.min(1, THUMBNAIL_PX / Math.max(level.width, level.height));
  const width = Math.max(1, Math.round(level.width * scale));
  const height = Math.max(1, Math.round(level.height * scale));
  const places: { input: Buffer; top: number; left: number }[] = [];
  for (let row = 0; row < rows; row += 1) {
    const top = Math.round(row * level.tileHeight * scale);
    const bottom = Math.round(Math.min((row + 1) * level.tileHeight, level.height) * scale);
    if (bottom <= top) continue;
    const input = await drawRow(slide, number, level, row, columns, { width, height: bottom - top });
    places.push({ input, top, left: 0 });
  }
  const bytes = await sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
    .composite(places)
    .jpeg({ quality: 82 })
    .toBuffer();
  return { mediaType: 'image/jpeg', bytes };
}

async function drawRow(
  slide: Slide,
  number: number,
  level: SlideLevel,
  row: number,
  columns: number,
  size: { width: number; height: number },
): Promise<Buffer> {
  const rowHeight = Math.min(level.tileHeight, level.height - row * level.tileHeight);
  const pieces = await Promise.all(
    Array.from({ length: columns }, async (_, column) => {
      const { bytes } = await slide.readTile(number, column, row);
      const left = column * level.tileWidth;
      const width = Math.min(level.tileWidth, level.width - left);
      // The scanner's padding at the right and lower edge is no part of the slide.
      const input = await sharp(bytes)
        .extract({ left: 0, top: 0, width, height: rowHeight })
        .toColourspace('srgb')
        .png({ compressionLevel: 1 })
        .toBuffer();
      return { input, left, top: 0 };
    }),
  );
  const whole = await sharp({ create: { width: level.width, height: rowHeight, channels: 3, background: '#ffffff' } })
    .composite(pieces)
    .removeAlpha()
    .raw()
    .toBuffer();
  return sharp(whole, { raw: { width: level.width, height: rowHeight, channels: 3 } })
    .resize({ ...size, fit: 'fill' })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
