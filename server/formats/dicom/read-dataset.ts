import { Failure } from '../../contract/failure.ts';
import { asciiValue, type Dataset, type DicomElement, type Encoding, type Fragment, viewOf } from './dataset.ts';

const UNDEFINED_LENGTH = 0xffffffff;
const ITEM = 'FFFEE000';
const ITEM_END = 'FFFEE00D';
const SEQUENCE_END = 'FFFEE0DD';
/** Deeper nesting than any real object has; a file made to exhaust the stack has more. */
const MAX_DEPTH = 64;
/** An enhanced object of ten thousand frames stays below this; a file made to exhaust memory does not. */
const MAX_ELEMENTS = 4_000_000;
/** VRs whose explicit form has two reserved bytes and a 32-bit length, PS3.5 section 7.1.2. */
const LONG_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const PIXEL_DATA = new Set(['7FE00008', '7FE00009', '7FE00010']);
const CHARACTER_SETS = '00080005';
const BLANK_VR = /^( {2}|\0{2})$/;
/** What an element stored as UN is written in, whatever is around it. */
const IMPLICIT_LITTLE: Encoding = { explicit: false, littleEndian: true };

interface Input {
  bytes: Uint8Array;
  view: DataView;
  /** Stop before top-level pixel data and accept that the bytes end early. */
  partial: boolean;
  /** Stop at the first top-level element outside this group. */
  onlyGroup?: string;
  elements: number;
}

/** Thrown inside and caught in {@link readDataset} when a partial read reaches the end of the bytes. */
const CUT = Symbol('cut');

const damaged = (message: string) => new Failure('invalid-message', message, { reason: 'file-damaged' });
const truncated = (message: string) => new Failure('invalid-message', message, { reason: 'file-truncated' });

/**
 * Reads the elements from `start` to the end of `bytes`. Values are not copied. A length that points past the end of the
 * bytes is `file-truncated`, one that contradicts the structure around it `file-damaged`; with `partial` the first is
 * accepted: the dataset holds what came before and says `cut`.
 */
export function readDataset(bytes: Uint8Array, start: number, encoding: Encoding, partial = false): Dataset {
  const input: Input = { bytes, view: viewOf(bytes), partial, elements: 0 };
  return readInto(input, emptyDataset(input, encoding, []), start);
}

function readInto(input: Input, dataset: Dataset, start: number): Dataset {
  try {
    readElements(input, dataset, start, input.bytes.length, false, 0);
  } catch (error) {
    if (error !== CUT) throw error;
    dataset.cut = true;
  }
  return dataset;
}

/** Group 0002, PS3.10 section 7.1. Its stated length is not trusted: it ends where another group begins. */
export function readMetaInformation(bytes: Uint8Array, start: number, present: boolean, partial: boolean): Dataset {
  const input: Input = { bytes, view: viewOf(bytes), partial, onlyGroup: '0002', elements: 0 };
  const meta = emptyDataset(input, { explicit: true, littleEndian: true }, []);
  meta.end = start;
  if (!present) return meta;
  return readInto(input, meta, start);
}

/** Reads the value of an element stored as UN, or of a private one, as sequence items in implicit VR, PS3.5 section 6.2.2 note 2. */
export function readItemsOfUnknown(dataset: Dataset, element: DicomElement): Dataset[] {
  const bytes = dataset.bytes.subarray(0, element.offset + element.length);
  const input: Input = { bytes, view: viewOf(bytes), partial: false, elements: 0 };
  const unknown: DicomElement = { tag: element.tag, vr: 'SQ', offset: element.offset, length: element.length };
  readItems(input, unknown, emptyDataset(input, IMPLICIT_LITTLE, dataset.characterSets), bytes.length, 0);
  return unknown.items ?? [];
}

function emptyDataset(input: Input, encoding: Encoding, characterSets: readonly string[]): Dataset {
  const { explicit, littleEndian } = encoding;
  return { bytes: input.bytes, explicit, littleEndian, elements: new Map(), end: 0, characterSets, cut: false };
}

function readTag(input: Input, position: number, littleEndian: boolean): string {
  const group = input.view.getUint16(position, littleEndian);
  const element = input.view.getUint16(position + 2, littleEndian);
  return (group * 65536 + element).toString(16).toUpperCase().padStart(8, '0');
}

/** Something runs past `end`: of the item around it, or of the bytes. */
function missing(input: Input, end: number, what: string): never {
  if (end < input.bytes.length) throw damaged(`${what} runs past the end of the sequence item around it`);
  if (input.partial) throw CUT;
  throw truncated(`${what} runs past the end of the file`);
}

/** Returns the position after the last element, or after the item delimiter. */
function readElements(
  input: Input,
  dataset: Dataset,
  start: number,
  end: number,
  delimited: boolean,
  depth: number,
): number {
  if (depth > MAX_DEPTH) throw damaged('sequences are nested too deeply');
  let position = start;
  let pixelsSeen = false;
  while (position < end) {
    if (position + 8 > end) {
      // Devices pad files with a few NULs; anything else is the head of an element that is missing.
      if (depth === 0 && input.bytes.subarray(position, end).every((byte) => byte === 0)) break;
      missing(input, end, 'an element');
    }
    const tag = readTag(input, position, dataset.littleEndian);
    if (tag === ITEM_END) {
      if (delimited) return position + 8;
      throw damaged('an item delimiter stands outside an item');
    }
    if (depth === 0 && input.onlyGroup !== undefined && !tag.startsWith(input.onlyGroup)) break;
    // What follows the pixels with a lower tag is padding that some archives append.
    if (depth === 0 && pixelsSeen && tag < '7FE00000') break;
    input.elements += 1;
    if (input.elements > MAX_ELEMENTS) throw damaged('too many elements');
    const element = readElementHead(input, dataset, tag, position, end);
    if (input.partial && depth === 0 && PIXEL_DATA.has(tag)) {
      dataset.elements.set(tag, element);
      break;
    }
    position = readValue(input, dataset, element, end, depth);
    dataset.elements.set(tag, element);
    if (tag === CHARACTER_SETS) dataset.characterSets = asciiValue(dataset, tag).split('\\');
    if (depth === 0 && PIXEL_DATA.has(tag)) pixelsSeen = true;
  }
  if (delimited && position >= end) missing(input, end, 'an item of undefined length');
  dataset.end = position;
  return position;
}

function readElementHead(input: Input, dataset: Dataset, tag: string, position: number, end: number): DicomElement {
  const { view } = input;
  const { littleEndian } = dataset;
  if (!dataset.explicit || tag === SEQUENCE_END || tag === ITEM) {
    return { tag, vr: undefined, offset: position + 8, length: view.getUint32(position + 4, littleEndian) };
  }
  const vr = String.fromCharCode(view.getUint8(position + 4), view.getUint8(position + 5));
  // A blank one is a short form, as dcmtk reads it; what the value is, the tag says.
  if (BLANK_VR.test(vr)) {
    return { tag, vr: undefined, offset: position + 8, length: view.getUint16(position + 6, littleEndian) };
  }
  if (!/^[A-Z]{2}$/.test(vr)) throw damaged(`(${tag}) has no value representation`);
  if (!LONG_VRS.has(vr)) return { tag, vr, offset: position + 8, length: view.getUint16(position + 6, littleEndian) };
  if (position + 12 > end) missing(input, end, 'an element');
  return { tag, vr, offset: position + 12, length: view.getUint32(position + 8, littleEndian) };
}

/** Fills in items, fragments and the true length; returns the position after the value. */
function readValue(input: Input, dataset: Dataset, element: DicomElement, end: number, depth: number): number {
  const undefinedLength = element.length === UNDEFINED_LENGTH;
  if (!undefinedLength && element.offset + element.length > end) missing(input, end, `(${element.tag})`);
  const pixels = PIXEL_DATA.has(element.tag);
  const sequence = element.vr === 'SQ' || (element.vr === 'UN' && undefinedLength && !pixels);
  if (sequence || (element.vr === undefined && looksLikeItems(input, element, end))) {
    // An UN of undefined length is a sequence in implicit VR, whatever is around it (PS3.5 section 6.2.2).
    const around = element.vr === 'UN' ? { ...emptyDataset(input, IMPLICIT_LITTLE, dataset.characterSets) } : dataset;
    return readItems(input, element, around, end, depth);
  }
  if (undefinedLength) return readFragments(input, dataset, element, end);
  return element.offset + element.length;
}

/** Without a VR a sequence is told by the item tag that its value begins with; bulk data in group 7FE0 never is one. */
function looksLikeItems(input: Input, element: DicomElement, end: number): boolean {
  if (element.tag.startsWith('7FE0')) return false;
  if (element.length < 8 || element.offset + 8 > end) return false;
  const first = readTag(input, element.offset, true);
  if (element.length === UNDEFINED_LENGTH) return first === ITEM || first === SEQUENCE_END;
  const itemLength = input.view.getUint32(element.offset + 4, true);
  return first === ITEM && (itemLength === UNDEFINED_LENGTH || itemLength <= element.length - 8);
}

function readItems(input: Input, element: DicomElement, around: Dataset, end: number, depth: number): number {
  const undefinedLength = element.length === UNDEFINED_LENGTH;
  const last = undefinedLength ? end : element.offset + element.length;
  const items: Dataset[] = [];
  let position = element.offset;
  for (;;) {
    if (!undefinedLength && position >= last) break;
    if (position + 8 > last) missing(input, last, `sequence (${element.tag})`);
    const tag = readTag(input, position, around.littleEndian);
    const length = input.view.getUint32(position + 4, around.littleEndian);
    position += 8;
    if (tag === SEQUENCE_END) break;
    if (tag !== ITEM) throw damaged(`sequence (${element.tag}) holds something that is not an item`);
    input.elements += 1;
    const item = emptyDataset(input, around, around.characterSets);
    items.push(item);
    if (length === UNDEFINED_LENGTH) {
      position = readElements(input, item, position, last, true, depth + 1);
    } else {
      if (position + length > last) missing(input, last, `an item of (${element.tag})`);
      readElements(input, item, position, position + length, false, depth + 1);
      position += length;
    }
  }
  element.items = items;
  element.length = position - element.offset;
  return undefinedLength ? position : last;
}

/** Encapsulated pixel data, PS3.5 section A.4: items of known length up to the sequence delimiter. */
function readFragments(input: Input, dataset: Dataset, element: DicomElement, end: number): number {
  const fragments: Fragment[] = [];
  let position = element.offset;
  for (;;) {
    if (position + 8 > end) missing(input, end, `(${element.tag}), or its end,`);
    const tag = readTag(input, position, dataset.littleEndian);
    const length = input.view.getUint32(position + 4, dataset.littleEndian);
    position += 8;
    if (tag === SEQUENCE_END) break;
    if (tag !== ITEM) throw damaged(`(${element.tag}) holds something that is not a fragment`);
    if (position + length > end) missing(input, end, `a fragment of (${element.tag})`);
    fragments.push({ offset: position, length });
    position += length;
  }
  element.fragments = fragments;
  element.length = position - element.offset;
  return position;
}
