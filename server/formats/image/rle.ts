import { Failure } from '../../contract/failure.ts';
import { viewOf } from '../dicom/dataset.ts';

const HEADER_BYTES = 64;

const damaged = (message: string) => new Failure('invalid-message', `RLE: ${message}`, { reason: 'file-damaged' });

/**
 * Decodes an RLE frame, PS3.5 Annex G: one segment for each byte of a composite pixel, most significant byte first, sample after
 * sample. Gives bytes as an uncompressed frame has them: little endian, interleaved by pixel. Throws `file-damaged`.
 */
export function decodeRle(
  bytes: Uint8Array,
  pixels: number,
  samplesPerPixel: number,
  bytesPerSample: number,
): Uint8Array {
  if (bytes.length < HEADER_BYTES) throw damaged('no header');
  const view = viewOf(bytes);
  const segments = view.getUint32(0, true);
  const pixelBytes = samplesPerPixel * bytesPerSample;
  if (segments !== pixelBytes) throw damaged(`${segments} segments for ${pixelBytes} bytes of a pixel`);
  const result = new Uint8Array(pixels * pixelBytes);
  for (let segment = 0; segment < segments; segment += 1) {
    const start = view.getUint32(4 + 4 * segment, true);
    const end = segment + 1 < segments ? view.getUint32(8 + 4 * segment, true) : bytes.length;
    if (start < HEADER_BYTES || start > end || end > bytes.length) throw damaged('a segment lies outside the frame');
    const sample = Math.floor(segment / bytesPerSample);
    const byte = bytesPerSample - 1 - (segment % bytesPerSample);
    unpack(bytes.subarray(start, end), result, sample * bytesPerSample + byte, pixelBytes);
  }
  return result;
}

/** PackBits, section G.3.2, into every `stride`-th byte from `offset`. */
function unpack(packed: Uint8Array, result: Uint8Array, offset: number, stride: number): void {
  let at = offset;
  let position = 0;
  while (at < result.length) {
    const head = packed[position];
    if (head === undefined) throw damaged('a segment ends early');
    position += 1;
    if (head < 128) {
      if (position + head + 1 > packed.length) throw damaged('a segment ends early');
      for (let n = 0; n <= head && at < result.length; n += 1, at += stride)
        result[at] = packed[position + n] as number;
      position += head + 1;
    } else if (head > 128) {
      const value = packed[position];
      if (value === undefined) throw damaged('a segment ends early');
      for (let n = 0; n < 257 - head && at < result.length; n += 1, at += stride) result[at] = value;
      position += 1;
    }
  }
}
