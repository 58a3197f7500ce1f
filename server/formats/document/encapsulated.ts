import { type Dataset, valueBytes } from '../dicom/dataset.ts';
import { joined } from './joined.ts';
import { damaged } from './refusal.ts';

const DOCUMENT = '00420011';
const LENGTH = '00420015';

/**
 * The PDF inside an Encapsulated PDF object, PS3.3 section C.24.2. The value is padded to even length; (0042,0015) says how long the
 * document is where the device wrote it.
 * @throws Failure file-damaged: there is none.
 */
export function encapsulatedDocument(dataset: Dataset): Uint8Array {
  const element = dataset.elements.get(DOCUMENT);
  if (!element || element.length === 0) throw damaged('the object encloses no document');
  const bytes = element.fragments
    ? joined(element.fragments.slice(1).map(({ offset, length }) => dataset.bytes.subarray(offset, offset + length)))
    : valueBytes(dataset, element);
  const stated = dataset.elements.get(LENGTH);
  if (stated?.length !== 4) return bytes;
  const view = new DataView(dataset.bytes.buffer, dataset.bytes.byteOffset + stated.offset, 4);
  const length = view.getUint32(0, dataset.littleEndian);
  return length > 0 && length <= bytes.length ? bytes.subarray(0, length) : bytes;
}
