import type { ImageDescription } from './image.ts';
import type { StoredPixels } from './stored-pixels.ts';

/** Writes the colours of an RGB or YBR frame as opaque RGBA, PS3.3 section C.7.6.3.1.2. */
export function writeColor(pixels: StoredPixels, image: ImageDescription, out: Uint8ClampedArray): void {
  const { data, photometricInterpretation } = pixels;
  // Colour of more than 8 bits is shown by its high byte.
  const scale = data.BYTES_PER_ELEMENT === 1 ? 1 : 255 / (2 ** image.bitsStored - 1);
  const ybr = photometricInterpretation.startsWith('YBR');
  const partial = photometricInterpretation.startsWith('YBR_PARTIAL');
  for (let from = 0, to = 0; to < out.length; from += 3, to += 4) {
    const first = (data[from] as number) * scale;
    const second = (data[from + 1] as number) * scale;
    const third = (data[from + 2] as number) * scale;
    if (!ybr) {
      out[to] = first;
      out[to + 1] = second;
      out[to + 2] = third;
    } else {
      // YBR_PARTIAL leaves head and foot room: Y from 16 to 235, colours from 16 to 240.
      const y = partial ? (first - 16) * (255 / 219) : first;
      const blue = (second - 128) * (partial ? 255 / 224 : 1);
      const red = (third - 128) * (partial ? 255 / 224 : 1);
      out[to] = y + 1.402 * red;
      out[to + 1] = y - 0.344136 * blue - 0.714136 * red;
      out[to + 2] = y + 1.772 * blue;
    }
    out[to + 3] = 255;
  }
}
