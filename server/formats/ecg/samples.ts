import { Failure } from '../../contract/failure.ts';
import { type Dataset, type DicomElement, valueBytes, viewOf } from '../dicom/dataset.ts';
import { littleEndianOf } from '../dicom/parsed-attributes.ts';

type Read = (view: DataView, offset: number, littleEndian: boolean) => number;

interface Interpretation {
  bytes: 1 | 2 | 4;
  read: Read;
}

/** (5400,1006), PS3.3 C.10.9.1.5. Not here: MB and AB (mu-law and A-law sound), SV and UV: no ECG object may hold them. */
const INTERPRETATIONS = new Map<string, Interpretation>([
  ['SB', { bytes: 1, read: (view, offset) => view.getInt8(offset) }],
  ['UB', { bytes: 1, read: (view, offset) => view.getUint8(offset) }],
  ['SS', { bytes: 2, read: (view, offset, littleEndian) => view.getInt16(offset, littleEndian) }],
  ['US', { bytes: 2, read: (view, offset, littleEndian) => view.getUint16(offset, littleEndian) }],
  ['SL', { bytes: 4, read: (view, offset, littleEndian) => view.getInt32(offset, littleEndian) }],
]);

/**
 * How the samples of a group are written.
 * @throws Failure waveform-encoding-unsupported
 */
export function interpretationOf(name: string, bitsAllocated: number | undefined): Interpretation {
  const interpretation = INTERPRETATIONS.get(name);
  if (interpretation !== undefined && interpretation.bytes * 8 === bitsAllocated) return interpretation;
  throw new Failure('invalid-message', `samples ${name} of ${bitsAllocated} bits are not read`, {
    reason: 'waveform-encoding-unsupported',
  });
}

/** The samples of each channel, which the file holds interleaved (PS3.3 C.10.9.1.7). One byte may follow to an even length. */
export function readCounts(
  dataset: Dataset,
  element: DicomElement,
  { bytes, read }: Interpretation,
  shape: { channels: number; samples: number },
): (Int16Array | Int32Array)[] {
  const { channels, samples } = shape;
  const needed = channels * samples * bytes;
  if (element.length < needed || element.length > needed + 1) {
    throw new Failure('invalid-message', `${element.length} bytes of samples where ${needed} are described`, {
      reason: 'waveform-inconsistent',
    });
  }
  const { view, littleEndian } = sampleView(dataset, element, bytes);
  return Array.from({ length: channels }, (_, channel) => {
    const counts = new Int32Array(samples);
    let narrow = true;
    for (let sample = 0; sample < samples; sample += 1) {
      const count = read(view, (sample * channels + channel) * bytes, littleEndian);
      counts[sample] = count;
      narrow &&= count >= -32768 && count <= 32767;
    }
    return narrow ? Int16Array.from(counts) : counts;
  });
}

/** A single value written as the samples are, e.g. the padding value; null where there is none. */
export function readCount(dataset: Dataset, tag: string, { bytes, read }: Interpretation): number | null {
  const element = dataset.elements.get(tag);
  if (element === undefined || element.length < bytes) return null;
  const { view, littleEndian } = sampleView(dataset, element, bytes);
  return read(view, 0, littleEndian);
}

/** Single bytes that big endian words hold are swapped in pairs, PS3.5 section 7.3; all else is read where it stands. */
function sampleView(dataset: Dataset, element: DicomElement, bytes: number): { view: DataView; littleEndian: boolean } {
  const littleEndian = littleEndianOf(dataset, element);
  const value = valueBytes(dataset, element);
  if (bytes > 1 || littleEndian || element.vr !== 'OW') return { view: viewOf(value), littleEndian };
  return { view: viewOf(value.map((_, index) => value[index ^ 1] ?? 0)), littleEndian };
}
