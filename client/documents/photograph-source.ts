import { Failure } from '../../server/contract/failure.ts';
import type { Orientation } from '../../server/formats/document/orientation.ts';
import { isTurned } from '../../server/formats/document/orientation.ts';
import { type PhotographFormat, readPhotograph, withoutOrientation } from '../../server/formats/document/photograph.ts';
import type { Affine } from '../viewer/affine.ts';
import type { PageSource } from './page-source.ts';
import { turnPage } from './placement.ts';

/**
 * A photograph turned as its orientation says, by us and not by the browser: old ones turn some pictures, new ones others.
 * @throws Failure file-damaged
 */
export async function openPhotographSource(format: PhotographFormat, bytes: Uint8Array): Promise<PageSource> {
  const { width, height, orientation } = readPhotograph(format, bytes);
  const stored = new Blob([withoutOrientation(format, bytes)], { type: `image/${format}` });
  const image = await createImageBitmap(stored).catch((thrown: unknown) => {
    throw new Failure('invalid-message', 'the browser cannot decode it', { reason: 'file-damaged', cause: thrown });
  });
  const size = isTurned(orientation) ? { width: height, height: width } : { width, height };
  const upright = orient(orientation, width, height);
  return {
    pageCount: 1,
    unit: 'pixel',
    sizeOf: async () => size,
    async draw(_, canvas, part) {
      const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
      if (!context) throw new Error('this browser has no canvas');
      // What shines through a transparent picture is paper.
      context.fillStyle = '#ffffff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      const { a, b, c, d, e, f } = turnPage(size, part);
      context.setTransform(a, b, c, d, e, f);
      context.transform(upright.a, upright.b, upright.c, upright.d, upright.e, upright.f);
      // Enlarged, a pixel is a square: nothing is made up between two of them.
      context.imageSmoothingEnabled = part.scale < 2;
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0);
      context.resetTransform();
    },
    dispose: () => image.close(),
  };
}

/** From stored pixels to those of the upright picture, CIPA DC-008 table 4.6.4 (0112H). */
export function orient(orientation: Orientation, width: number, height: number): Affine {
  switch (orientation) {
    case 1:
      return { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };
    case 2:
      return { a: -1, b: 0, c: 0, d: 1, e: width, f: 0 };
    case 3:
      return { a: -1, b: 0, c: 0, d: -1, e: width, f: height };
    case 4:
      return { a: 1, b: 0, c: 0, d: -1, e: 0, f: height };
    case 5:
      return { a: 0, b: 1, c: 1, d: 0, e: 0, f: 0 };
    case 6:
      return { a: 0, b: 1, c: -1, d: 0, e: height, f: 0 };
    case 7:
      return { a: 0, b: -1, c: -1, d: 0, e: height, f: width };
    case 8:
      return { a: 0, b: -1, c: 1, d: 0, e: 0, f: width };
  }
}
