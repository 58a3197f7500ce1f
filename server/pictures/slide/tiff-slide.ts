import type { Codecs } from '../../formats/image/codecs.ts';
import type { ByteSource } from '../../formats/slide/byte-source.ts';
import { damaged, unsupported } from '../../formats/slide/refusal.ts';
import {
  type AssociatedImage,
  type AssociatedKind,
  downsampleOf,
  getTileLevel,
  type Picture,
  type Slide,
} from '../../formats/slide/slide.ts';
import { readSlidePages } from '../../formats/slide/tiff/classify.ts';
import { readTiff, type TiffFile } from '../../formats/slide/tiff/directory.ts';
import type { TiffPage } from '../../formats/slide/tiff/page.ts';
import { readScale } from '../../formats/slide/tiff/scale.ts';
import { COMPRESSION } from '../../formats/slide/tiff/tags.ts';
import { encodePng, MAX_PICTURE_PIXELS, type Raster, transparentPng } from './png.ts';
import { checkEncoding, checkSegments, decodeSegment, readSegment, spliceSegment } from './tiff-segment.ts';

/** Strips of one row each of the tallest picture there is stay below. */
const MAX_PICTURE_PIECES = 20_000;

interface PageLevel {
  width: number;
  height: number;
  tileWidth: number;
  tileHeight: number;
  downsample: number;
  page: TiffPage;
}

/**
 * Opens Aperio SVS, OME-TIFF and generic tiled TIFF, classic and Big, with the pyramid in the chain of directories or in SubIFDs.
 * Throws `not-slide`, `slide-not-tiled`, `slide-encoding-unsupported`, `file-damaged`, `file-truncated`.
 */
export async function openTiffSlide(source: ByteSource, codecs: Codecs): Promise<Slide> {
  const file = await readTiff(source);
  const { levels: pages, associated } = await readSlidePages(file);
  const [base] = pages;
  if (base === undefined) throw damaged('a slide without levels');
  for (const page of pages) checkEncoding(page);
  const levels = pages.map((page): PageLevel => {
    const { width, height, segments } = page;
    const downsample = page === base ? 1 : downsampleOf(page, base);
    return { width, height, tileWidth: segments.width, tileHeight: segments.height, downsample, page };
  });
  const readTile = async (level: number, column: number, row: number) => {
    const { page } = getTileLevel(levels, level, column, row);
    return readPageTile(file, page, column, row, codecs);
  };
  return {
    ...readScale(base),
    levels: levels.map(({ page: _, ...level }) => level),
    associated: associated.map(({ kind, page }) => associatedImage(file, kind, page, codecs)),
    readTile,
    async check() {
      for (const [level, { page }] of levels.entries()) {
        await checkSegments(file, page);
        await readTile(level, 0, 0);
      }
    },
  };
}

async function readPageTile(
  file: TiffFile,
  page: TiffPage,
  column: number,
  row: number,
  codecs: Codecs,
): Promise<Picture> {
  const { width, height, columns } = page.segments;
  const bytes = await readSegment(file, page, row * columns + column);
  // Aperio leaves out tiles where the scanner saw nothing.
  if (bytes === null) return transparentPng(width, height);
  if (page.compression !== COMPRESSION.jpeg) return encodePng(await decodeSegment(page, bytes, height, codecs));
  const tile = spliceSegment(page, bytes);
  const visible = {
    columns: Math.min(width, page.width - column * width),
    rows: Math.min(height, page.height - row * height),
  };
  const fits =
    tile.columns >= visible.columns && tile.columns <= width && tile.rows >= visible.rows && tile.rows <= height;
  if (!fits) throw damaged('a tile is not of the size that the file says');
  return { mediaType: 'image/jpeg', bytes: tile.bytes };
}

function associatedImage(file: TiffFile, kind: AssociatedKind, page: TiffPage, codecs: Codecs): AssociatedImage {
  const { width, height } = page;
  return { kind, width, height, read: async () => encodePng(await decodePage(file, page, codecs)) };
}

/** A whole page in one piece, from its tiles or strips. */
async function decodePage(file: TiffFile, page: TiffPage, codecs: Codecs): Promise<Raster> {
  checkEncoding(page);
  const { width, height, segments } = page;
  const pieces = segments.columns * segments.rows;
  if (width * height > MAX_PICTURE_PIXELS || pieces > MAX_PICTURE_PIECES) throw unsupported('a picture beyond measure');
  const channels = page.compression === COMPRESSION.jpeg ? 3 : page.samplesPerPixel === 1 ? 1 : 3;
  const data = new Uint8Array(width * height * channels);
  for (let index = 0; index < pieces; index += 1) {
    const bytes = await readSegment(file, page, index);
    if (bytes === null) continue;
    const left = (index % segments.columns) * segments.width;
    const top = Math.floor(index / segments.columns) * segments.height;
    // The last strip holds no more rows than the image; a tile always all of its own.
    const rows = Math.min(segments.height, height - top);
    const piece = await decodeSegment(page, bytes, segments.tiled ? segments.height : rows, codecs);
    const columns = Math.min(segments.width, width - left);
    if (piece.channels !== channels || piece.width < columns || piece.height < rows)
      throw damaged('a strip is cut short');
    for (let y = 0; y < rows; y += 1) {
      const from = y * piece.width * channels;
      data.set(piece.data.subarray(from, from + columns * channels), ((top + y) * width + left) * channels);
    }
  }
  return { width, height, channels, data };
}
