import sharp from 'sharp';
import type { ImagingTarget } from '../../contract/index.ts';
import { readDicomFile } from '../../formats/dicom/dicom-file.ts';
import { frameBytes, locateFrames } from '../../formats/dicom/frames.ts';
import { parsedAttributes } from '../../formats/dicom/parsed-attributes.ts';
import { decodeFrame } from '../../formats/image/decode.ts';
import { readImage } from '../../formats/image/image.ts';
import { type ImagePoint, measureLength } from '../../formats/image/measure.ts';
import { renderRgba } from '../../formats/image/render.ts';
import { ellipseStatistics } from '../../formats/image/statistics.ts';
import { createNodeCodecs } from '../../pictures/thread/node-codecs.ts';
import { MARK_COLOUR, type MarkedPicture } from './marked-picture.ts';
import { strokeText } from './stroke-text.ts';

const LUNG_WINDOW = { center: -600, width: 1500, function: 'LINEAR' } as const;
const SIDE_PX = 768;
/** Of the image, shown in the picture. */
const SHOWN_PIXELS = 96;

/** The surroundings of a nodule with its diameter and what it measures inside. @param center in image pixels. */
export async function drawNodule(
  bytes: Uint8Array,
  target: ImagingTarget,
  { center, radius }: { center: ImagePoint; radius: number },
  caption: string,
): Promise<MarkedPicture> {
  const file = readDicomFile(bytes);
  const image = readImage(parsedAttributes(file.dataset), 1);
  const frame = frameBytes(file, 1, locateFrames(file));
  const pixels = await decodeFrame(frame, image, file.transferSyntax.uid, createNodeCodecs());
  const at = (dx: number, dy: number) => ({ x: center.x + dx, y: center.y + dy });
  const length = { kind: 'length', start: at(-radius, 0), end: at(radius, 0) } as const;
  const inside = radius * 0.6;
  const ellipse = { kind: 'ellipse', start: at(-inside, -inside), end: at(inside, inside) } as const;
  const { value: diameterMm } = measureLength(image, length.start, length.end);
  const within = ellipseStatistics(pixels, image, ellipse);

  const left = Math.round(center.x - SHOWN_PIXELS / 2);
  const top = Math.round(center.y - SHOWN_PIXELS / 2);
  const scale = SIDE_PX / SHOWN_PIXELS;
  const [x, y] = [(center.x - left) * scale, (center.y - top) * scale];
  const marks = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE_PX}" height="${SIDE_PX}">
    <g fill="none" stroke="${MARK_COLOUR}" stroke-width="2">
      <path d="M${x - radius * scale} ${y}H${x + radius * scale}"/>
      <circle cx="${x}" cy="${y}" r="${inside * scale}"/>
    </g>
    ${strokeText(`${diameterMm.toFixed(1)} mm`, { x: x + radius * scale + 10, y: y - 60 }, 16, MARK_COLOUR)}
    ${strokeText(`${within?.mean?.toFixed(0)} HU`, { x: x + radius * scale + 10, y: y - 34 }, 16, MARK_COLOUR)}
  </svg>`;
  const rgba = renderRgba(pixels, image, LUNG_WINDOW, false);
  const png = await sharp(rgba, { raw: { width: image.columns, height: image.rows, channels: 4 } })
    .extract({ left, top, width: SHOWN_PIXELS, height: SHOWN_PIXELS })
    .resize(SIDE_PX, SIDE_PX, { kernel: 'cubic' })
    .composite([{ input: Buffer.from(marks) }])
    .removeAlpha()
    .png()
    .toBuffer();
  return {
    target,
    viewport: {
      target,
      center: { x: left + SHOWN_PIXELS / 2, y: top + SHOWN_PIXELS / 2 },
      imagePixelsPerScreenHeight: SHOWN_PIXELS,
      rotation: 0,
      flipHorizontal: false,
      flipVertical: false,
      voi: LUNG_WINDOW,
      invert: false,
    },
    shapes: [length, ellipse],
    measurements: [
      `长度 ${diameterMm.toFixed(1)} mm，按像素间距`,
      `椭圆 均值 ${within?.mean?.toFixed(1)} HU，面积 ${within?.areaMm2?.toFixed(1)} mm²，按像素间距`,
    ],
    caption,
    png,
    widthPx: SIDE_PX,
    heightPx: SIDE_PX,
  };
}
