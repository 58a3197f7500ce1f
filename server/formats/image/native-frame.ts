import { Failure } from '../../contract/failure.ts';
import { viewOf } from '../dicom/dataset.ts';
import { embeddedOverlays } from './embedded-overlays.ts';
import type { ImageDescription } from './image.ts';
import { interleaved, type SampleArray, type StoredPixels, signExtended, toWords } from './stored-pixels.ts';

/**
 * Samples of an uncompressed frame, little endian, PS3.5 sections 8.1.1 and 8.2. YBR_FULL_422 becomes YBR_FULL, one colour
 * for each two pixels. Throws `file-truncated` where there are fewer bytes than described.
 */
export function decodeNative(bytes: Uint8Array, image: ImageDescription): StoredPixels {
  const { rows, columns, samplesPerPixel, photometricInterpretation } = image;
  const subsampled = samplesPerPixel === 3 && photometricInterpretation === 'YBR_FULL_422';
  const samples = rows * columns * (subsampled ? 2 : samplesPerPixel);
  const needed = Math.ceil((samples * image.bitsAllocated) / 8);
  if (bytes.length < needed) throw new Failure('invalid-message', 'a frame is cut short', { reason: 'file-truncated' });
  const frame = bytes.subarray(0, needed);
  if (subsampled) {
    const data = expand422(frame, rows * columns);
    return { rows, columns, samplesPerPixel, photometricInterpretation: 'YBR_FULL', data };
  }
  const data = samplesOf(frame, image, samples);
  return { rows, columns, samplesPerPixel, photometricInterpretation, data, ...overlaysIn(frame, image) };
}

function overlaysIn(frame: Uint8Array, image: ImageDescription) {
  if (image.overlays.length === 0 || image.samplesPerPixel > 1) return {};
  if (image.bitsAllocated === 8) return embeddedOverlays(frame, image);
  return image.bitsAllocated === 16 ? embeddedOverlays(toWords(frame), image) : {};
}

function samplesOf(bytes: Uint8Array, image: ImageDescription, samples: number): SampleArray {
  const { bitsAllocated, samplesPerPixel, planarConfiguration } = image;
  if (image.sampleFormat === 'double') return wide(bytes, samples, Float64Array, 'getFloat64');
  if (image.sampleFormat === 'float') return wide(bytes, samples, Float32Array, 'getFloat32');
  if (bitsAllocated === 1) return Uint8Array.from({ length: samples }, (_, i) => ((bytes[i >> 3] ?? 0) >> (i & 7)) & 1);
  if (bitsAllocated === 32) {
    return image.pixelRepresentation === 1
      ? wide(bytes, samples, Int32Array, 'getInt32')
      : wide(bytes, samples, Uint32Array, 'getUint32');
  }
  if (bitsAllocated > 32) {
    throw new Failure('invalid-message', 'integers of 64 bits', { reason: 'transfer-syntax-unsupported' });
  }
  const raw = bitsAllocated === 8 ? bytes : toWords(bytes);
  const byPixel = samplesPerPixel > 1 && planarConfiguration === 1 ? interleaved(raw, samplesPerPixel) : raw;
  return signExtended(byPixel, image);
}

type WideArray = Int32Array | Uint32Array | Float32Array | Float64Array;
type WideGetter = 'getInt32' | 'getUint32' | 'getFloat32' | 'getFloat64';

function wide<T extends WideArray>(
  bytes: Uint8Array,
  samples: number,
  ArrayType: { new (length: number): T; BYTES_PER_ELEMENT: number },
  getter: WideGetter,
): T {
  const view = viewOf(bytes);
  const data = new ArrayType(samples);
  for (let i = 0; i < samples; i += 1) data[i] = view[getter](i * ArrayType.BYTES_PER_ELEMENT, true);
  return data;
}

/** Y1 Y2 Cb Cr for each two pixels of a line, PS3.3 section C.7.6.3.1.2. */
function expand422(bytes: Uint8Array, pixels: number): Uint8Array {
  const data = new Uint8Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const pair = (pixel >> 1) * 4;
    data[pixel * 3] = bytes[pair + (pixel & 1)] ?? 0;
    data[pixel * 3 + 1] = bytes[pair + 2] ?? 0;
    data[pixel * 3 + 2] = bytes[pair + 3] ?? 0;
  }
  return data;
}
