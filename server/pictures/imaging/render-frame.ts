import sharp, { type Sharp } from 'sharp';
import { findNumber } from '../../formats/dicom/attributes.ts';
import { parsedAttributes } from '../../formats/dicom/parsed-attributes.ts';
import { drawOverlays } from '../../formats/image/draw-overlays.ts';
import type { ImageDescription } from '../../formats/image/image.ts';
import { renderRgba } from '../../formats/image/render.ts';
import { openImage } from '../thread/opened-files.ts';
import type { LocalFile, Rendering, SourceRegion } from '../thread/tasks.ts';
import { decode } from './read-frames.ts';

const REPRESENTATIVE_FRAME = '00286010';

/** Draws one frame as a picture, PS3.18 section 8.3.5: window, then source region, then viewport. */
export async function renderFrame(input: LocalFile & Rendering): Promise<Uint8Array> {
  const image = await openImage(input);
  const representative = findNumber(parsedAttributes(image.file.dataset), REPRESENTATIVE_FRAME, 'US') ?? 1;
  const { pixels, description } = await decode(image, input.frame ?? representative);
  const rgba = renderRgba(pixels, description, input.window, false);
  // White, as dcmtk draws them: a gray picture stays gray.
  drawOverlays(rgba, description, { ...image.overlays(), ...pixels.overlays }, [255, 255, 255]);
  const { columns: width, rows: height } = pixels;
  const isGray = pixels.samplesPerPixel === 1 && description.palette === null;
  const raw = { width, height, channels: isGray ? 1 : 4 } as const;
  let picture = sharp(isGray ? firstChannel(rgba) : rgba, { raw, limitInputPixels: false });
  if (!isGray) picture = picture.removeAlpha();
  if (input.viewport !== null) picture = scaled(picture, description, input.viewport);
  const encoded =
    input.mediaType === 'image/png'
      ? picture.png({ compressionLevel: 6 })
      : // Colour at full resolution: red marks on a gray image must not smear.
        picture.jpeg({ quality: input.quality, chromaSubsampling: '4:4:4' });
  return new Uint8Array(await encoded.toBuffer());
}

function scaled(
  picture: Sharp,
  description: ImageDescription,
  { width, height, region }: NonNullable<Rendering['viewport']>,
): Sharp {
  const source = region ?? wholeOf(description);
  const shape = pixelShapeOf(description);
  const scale = Math.min(width / source.width, height / (source.height * shape));
  return picture
    .extract({ left: source.left, top: source.top, width: source.width, height: source.height })
    .flop(source.flipHorizontal)
    .flip(source.flipVertical)
    .resize({
      width: Math.max(1, Math.round(source.width * scale)),
      height: Math.max(1, Math.round(source.height * shape * scale)),
      fit: 'fill',
      kernel: 'lanczos3',
    });
}

function firstChannel(rgba: Uint8ClampedArray): Uint8Array {
  return Uint8Array.from({ length: rgba.length / 4 }, (_, index) => rgba[index * 4] ?? 0);
}

function wholeOf({ columns, rows }: ImageDescription): SourceRegion {
  return { left: 0, top: 0, width: columns, height: rows, flipHorizontal: false, flipVertical: false };
}

/** How much higher than wide a pixel is. */
function pixelShapeOf({ calibration, pixelAspectRatio }: ImageDescription): number {
  const { spacing } = calibration;
  return spacing ? spacing.rowMm / spacing.columnMm : pixelAspectRatio.vertical / pixelAspectRatio.horizontal;
}
