import sharp from 'sharp';
import type { PathologyTarget } from '../../contract/index.ts';
import { openSlide } from '../../pictures/slide/open-slide.ts';
import { createNodeCodecs } from '../../pictures/thread/node-codecs.ts';
import { MARK_COLOUR, type MarkedPicture } from './marked-picture.ts';
import { strokeText } from './stroke-text.ts';

const COLUMNS = 4;
const ROWS = 3;
const SCALE_BAR_UM = 100;

/** Tiles of the largest level with an ellipse round what was found. @param first column and row of the upper left tile. */
export async function drawLesion(
  bytes: Uint8Array,
  target: PathologyTarget,
  first: { column: number; row: number },
  caption: string,
): Promise<MarkedPicture> {
  const slide = await openSlide(
    { sizeBytes: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) },
    createNodeCodecs(),
  );
  const { tileWidth, tileHeight } = slide.levels[0] ?? { tileWidth: 0, tileHeight: 0 };
  const [widthPx, heightPx] = [COLUMNS * tileWidth, ROWS * tileHeight];
  const umPerPixel = slide.umPerPixel?.x ?? 1;
  const tiles = await Promise.all(
    Array.from({ length: COLUMNS * ROWS }, async (_, index) => {
      const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS)];
      const { bytes: input } = await slide.readTile(0, first.column + column, first.row + row);
      return { input: Buffer.from(input), left: column * tileWidth, top: row * tileHeight };
    }),
  );
  const [rx, ry] = [widthPx * 0.4, heightPx * 0.4];
  const barPx = SCALE_BAR_UM / umPerPixel;
  const marks = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">
    <ellipse cx="${widthPx / 2}" cy="${heightPx / 2}" rx="${rx}" ry="${ry}" fill="none" stroke="${MARK_COLOUR}" stroke-width="4"/>
    <path d="M24 ${heightPx - 24}h${barPx}" stroke="#000000" stroke-width="5"/>
    ${strokeText(`${SCALE_BAR_UM} um`, { x: 24, y: heightPx - 56 }, 20, '#000000')}
  </svg>`;
  const corner = { x: first.column * tileWidth, y: first.row * tileHeight };
  const center = { x: corner.x + widthPx / 2, y: corner.y + heightPx / 2 };
  const areaMm2 = (Math.PI * rx * ry * umPerPixel ** 2) / 1e6;
  return {
    target,
    viewport: { target, center, imagePixelsPerScreenHeight: heightPx, rotation: 0 },
    shapes: [
      { kind: 'ellipse', start: { x: center.x - rx, y: center.y - ry }, end: { x: center.x + rx, y: center.y + ry } },
    ],
    measurements: [`椭圆 面积 ${areaMm2.toFixed(3)} mm²，按切片标注的像素大小`],
    caption,
    png: await sharp({ create: { width: widthPx, height: heightPx, channels: 3, background: '#ffffff' } })
      .composite([...tiles, { input: Buffer.from(marks) }])
      .png()
      .toBuffer(),
    widthPx,
    heightPx,
  };
}
