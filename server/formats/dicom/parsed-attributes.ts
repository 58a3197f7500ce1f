import { type Attributes, type NumericVr, rememberedItems } from './attributes.ts';
import { decodeText } from './character-set.ts';
import { type Dataset, type DicomElement, valueBytes, viewOf } from './dataset.ts';
import { readItemsOfUnknown } from './read-dataset.ts';
import { isPersonName, isSingleValuedVr } from './value-representation.ts';

/** Longest text that is read as a value: a report fits, a damaged length does not fill memory. */
const MAX_TEXT_BYTES = 1024 * 1024;

/** Attributes of a parsed file. Tags as in {@link Attributes}; unreadable values count as absent. */
export function parsedAttributes(dataset: Dataset): Attributes {
  return {
    has: (tag) => dataset.elements.has(tag),
    strings: (tag) => stringValues(dataset, dataset.elements.get(tag)),
    numbers: (tag, vr) => {
      const element = dataset.elements.get(tag);
      return element === undefined ? [] : numberValues(dataset, element, vr);
    },
    tags: (tag) => tagValues(dataset, dataset.elements.get(tag)),
    items: rememberedItems((tag) => itemsOf(dataset, dataset.elements.get(tag)).map(parsedAttributes)),
    words: (tag) => {
      const element = dataset.elements.get(tag);
      if (element === undefined || element.length < 2) return undefined;
      const view = viewOf(valueBytes(dataset, element));
      return Uint16Array.from({ length: element.length >> 1 }, (_, index) =>
        view.getUint16(index * 2, littleEndianOf(dataset, element)),
      );
    },
  };
}

/** VR AT: group, then element, each a word (PS3.5 section 6.2). */
export function tagValues(dataset: Dataset, element: DicomElement | undefined): string[] {
  if (element === undefined || element.items !== undefined) return [];
  const words = numberValues(dataset, { ...element, vr: 'US' }, 'US');
  return words.flatMap((group, index) => {
    const next = words[index + 1];
    if (index % 2 === 1 || next === undefined) return [];
    return [(group * 65536 + next).toString(16).toUpperCase().padStart(8, '0')];
  });
}

/** An element stored as UN is little endian, whatever is around it (PS3.5 section 6.2.2). */
export function littleEndianOf(dataset: Dataset, element: DicomElement): boolean {
  return dataset.littleEndian || element.vr === 'UN';
}

/** The items of a sequence, also of one that was stored as UN by a device that did not know it. */
export function itemsOf(dataset: Dataset, element: DicomElement | undefined): Dataset[] {
  if (element === undefined) return [];
  if (element.items !== undefined) return element.items;
  const bytes = valueBytes(dataset, element);
  const startsWithItem = bytes[0] === 0xfe && bytes[1] === 0xff && bytes[2] === 0x00 && bytes[3] === 0xe0;
  return element.vr === 'UN' && startsWithItem ? readItemsOfUnknown(dataset, element) : [];
}

export function stringValues(dataset: Dataset, element: DicomElement | undefined): string[] {
  if (element === undefined || element.length === 0 || element.items !== undefined) return [];
  const bytes = valueBytes(dataset, element).subarray(0, MAX_TEXT_BYTES);
  const text = decodeText(bytes, dataset.characterSets, isPersonName(element)).replace(/[\0 ]+$/, '');
  return isSingleValuedVr(element.vr) ? [text] : text.split('\\').map((value) => value.trim());
}

type Reader = [sizeBytes: number, read: (view: DataView, offset: number, littleEndian: boolean) => number];

const BINARY = new Map<string, Reader>([
  ['US', [2, (view, offset, littleEndian) => view.getUint16(offset, littleEndian)]],
  ['SS', [2, (view, offset, littleEndian) => view.getInt16(offset, littleEndian)]],
  ['UL', [4, (view, offset, littleEndian) => view.getUint32(offset, littleEndian)]],
  ['SL', [4, (view, offset, littleEndian) => view.getInt32(offset, littleEndian)]],
  ['FL', [4, (view, offset, littleEndian) => view.getFloat32(offset, littleEndian)]],
  ['FD', [8, (view, offset, littleEndian) => view.getFloat64(offset, littleEndian)]],
]);

/** By the VR of the file where it names a numeric one, else by the one asked for. */
export function numberValues(dataset: Dataset, element: DicomElement, asked: NumericVr): number[] {
  const own = element.vr ?? '';
  const vr = BINARY.has(own) || own === 'DS' || own === 'IS' ? own : asked;
  const reader = BINARY.get(vr);
  if (reader === undefined) {
    const texts = stringValues(dataset, element).filter((text) => text !== '');
    // Adding 0 makes a 0 of the -0 that devices write, as JSON does on its way to the browser.
    return texts.map((text) => Number(text) + 0).filter(Number.isFinite);
  }
  const [sizeBytes, read] = reader;
  const littleEndian = littleEndianOf(dataset, element);
  const view = viewOf(valueBytes(dataset, element));
  const count = Math.floor(view.byteLength / sizeBytes);
  return Array.from({ length: count }, (_, index) => read(view, index * sizeBytes, littleEndian));
}
