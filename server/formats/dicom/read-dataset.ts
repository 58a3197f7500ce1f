import dicomParser, { type ParsedElement, type ParsedItem } from 'dicom-parser';
import { Failure } from '../../contract/failure.ts';
import { asciiValue, type Dataset, type DicomElement, type Encoding } from './dataset.ts';
import { CUT, damaged, GuardedStream, MAX_DEPTH, UNDEFINED_LENGTH } from './guarded-stream.ts';

const PIXEL_DATA = new Set(['7FE00008', '7FE00009', '7FE00010']);
const CHARACTER_SETS = '00080005';
/** The package keeps the delimiter of an item among its elements. */
const ITEM_END = 'xfffee00d';
const IMPLICIT_LITTLE: Encoding = { explicit: false, littleEndian: true };

interface Input {
  stream: GuardedStream;
  /** Stop before top-level pixel data and accept that the bytes end early. */
  partial: boolean;
  /** Stop at the first top-level element outside this group. */
  onlyGroup?: string;
}

/**
 * Reads the elements from `start` to the end of `bytes`. Values are not copied. A length that points past the end of the
 * bytes is `file-truncated`, one that contradicts the structure around it `file-damaged`; with `partial` the first is
 * accepted: the dataset holds what came before and says `cut`.
 */
export function readDataset(bytes: Uint8Array, start: number, encoding: Encoding, partial = false): Dataset {
  const stream = new GuardedStream(bytes, start, encoding.littleEndian);
  return readInto({ stream, partial }, emptyDataset(bytes, encoding, []));
}

/** Group 0002, PS3.10 section 7.1. Its stated length is not trusted: it ends where another group begins. */
export function readMetaInformation(bytes: Uint8Array, start: number, present: boolean, partial: boolean): Dataset {
  const meta = emptyDataset(bytes, { explicit: true, littleEndian: true }, []);
  meta.end = start;
  if (!present) return meta;
  return readInto({ stream: new GuardedStream(bytes, start, true), partial, onlyGroup: '0002' }, meta);
}

/** Reads the value of an element stored as UN, or of a private one, as sequence items in implicit VR, PS3.5 section 6.2.2 note 2. */
export function readItemsOfUnknown(dataset: Dataset, element: DicomElement): Dataset[] {
  const bytes = dataset.bytes.subarray(0, element.offset + element.length);
  const stream = new GuardedStream(bytes, element.offset, true);
  const around = emptyDataset(bytes, IMPLICIT_LITTLE, dataset.characterSets);
  const { offset, length } = element;
  const parsed: ParsedElement = { tag: `x${element.tag.toLowerCase()}`, length, dataOffset: offset };
  return guarded(stream, () => {
    dicomParser.readSequenceItemsImplicit(stream, parsed, vrOf(stream));
    settle(stream);
    return (parsed.items ?? []).map((item) => toDataset(stream, around, item, 1));
  });
}

function emptyDataset(bytes: Uint8Array, encoding: Encoding, characterSets: readonly string[]): Dataset {
  const { explicit, littleEndian } = encoding;
  return { bytes, explicit, littleEndian, elements: new Map(), end: 0, characterSets, cut: false };
}

function readInto(input: Input, dataset: Dataset): Dataset {
  return guarded(input.stream, () => {
    try {
      readElements(input, dataset);
    } catch (error) {
      if (error !== CUT || !input.partial) throw error;
      dataset.cut = true;
    }
    return dataset;
  });
}

/** The package throws sentences. */
function guarded<T>(stream: GuardedStream, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error === CUT) {
      const message = `what begins at ${stream.position} runs past the end of the file`;
      throw new Failure('invalid-message', message, { reason: 'file-truncated' });
    }
    if (typeof error === 'string') throw damaged(error);
    throw error;
  }
}

/** Where a delimiter is missing the package only warns, having read to the end of the bytes. */
function settle({ warnings }: GuardedStream): void {
  const [warning] = warnings;
  if (warning === undefined) return;
  throw warning.startsWith('unexpected tag') ? damaged(warning) : CUT;
}

function readElements(input: Input, dataset: Dataset): void {
  const { stream, partial, onlyGroup } = input;
  const { length } = dataset.bytes;
  let pixelsSeen = false;
  while (stream.position < length) {
    const start = stream.position;
    if (start + 8 > length) {
      // Devices pad files with a few NULs; anything else is the head of an element that is missing.
      if (dataset.bytes.subarray(start).every((byte) => byte === 0)) break;
      throw CUT;
    }
    stream.restart(start, length);
    const parsedTag = dicomParser.readTag(stream);
    stream.seek(-4);
    const tag = ownTag(parsedTag);
    if (onlyGroup !== undefined && !tag.startsWith(onlyGroup)) break;
    // What follows the pixels with a lower tag is padding that some archives append.
    if (pixelsSeen && tag < '7FE00000') break;
    const parsed = dataset.explicit
      ? dicomParser.readDicomElementExplicit(stream, stream.warnings, parsedTag)
      : dicomParser.readDicomElementImplicit(stream, parsedTag);
    const pixels = PIXEL_DATA.has(tag);
    if (!(partial && pixels)) readValue(stream, dataset, parsed, tag);
    settle(stream);
    dataset.elements.set(tag, toElement(stream, dataset, parsed, 0));
    if (tag === CHARACTER_SETS) dataset.characterSets = asciiValue(dataset, tag).split('\\');
    if (partial && pixels) break;
    pixelsSeen ||= pixels;
  }
  dataset.end = stream.position;
}

/** What follows the head of a top-level element. */
function readValue(stream: GuardedStream, dataset: Dataset, parsed: ParsedElement, tag: string): void {
  const { vr = '', length } = parsed;
  const undefinedLength = length === UNDEFINED_LENGTH;
  if (vr === 'SQ') dicomParser.readSequenceItemsExplicit(stream, parsed, stream.warnings);
  else if (vr === 'UN' && undefinedLength && !PIXEL_DATA.has(tag)) {
    dicomParser.readSequenceItemsImplicit(stream, parsed, vrOf(stream));
  } else if (vr === '' && stream.looksLikeItems(tag.slice(0, 4), parsed.dataOffset, length)) {
    readItems(stream, dataset, parsed);
  } else if (undefinedLength) dicomParser.findEndOfEncapsulatedElement(stream, parsed, stream.warnings);
  else stream.seek(length);
}

function readItems(stream: GuardedStream, { explicit }: Dataset, parsed: ParsedElement): void {
  if (explicit) dicomParser.readSequenceItemsExplicit(stream, parsed, stream.warnings);
  else dicomParser.readSequenceItemsImplicit(stream, parsed, vrOf(stream));
}

/** In implicit VR the package takes a value for a sequence by its first tag alone. */
function vrOf(stream: GuardedStream) {
  return (tag: string) => {
    const at = stream.position;
    return stream.looksLikeItems(tag.slice(1, 5).toUpperCase(), at + 4, stream.peekUint32(at)) ? 'SQ' : 'OB';
  };
}

const ownTag = (parsedTag: string) => parsedTag.slice(1).toUpperCase();

function toElement(stream: GuardedStream, around: Dataset, parsed: ParsedElement, depth: number): DicomElement {
  const { dataOffset: offset } = parsed;
  const vr = around.explicit ? stream.trueVr(parsed.vr, offset) : undefined;
  const element: DicomElement = { tag: ownTag(parsed.tag), vr, offset, length: parsed.length };
  if (parsed.encapsulatedPixelData) {
    const table = { offset: offset + 8, length: (parsed.basicOffsetTable?.length ?? 0) * 4 };
    const fragments = (parsed.fragments ?? []).map(({ position, length }) => ({ offset: position, length }));
    element.fragments = [table, ...fragments];
    return element;
  }
  const items = parsed.items ?? (vr === undefined ? skippedItems(stream, around, parsed) : undefined);
  if (items === undefined) return element;
  // Up to and with the delimiter.
  if (parsed.hadUndefinedLength) element.length += 8;
  const within = vr === 'UN' ? { ...around, ...IMPLICIT_LITTLE } : around;
  element.items = items.map((item) => toDataset(stream, within, item, depth + 1));
  return element;
}

/** In a sequence in implicit VR the package leaves out the items of private elements. */
function skippedItems(stream: GuardedStream, around: Dataset, parsed: ParsedElement): ParsedItem[] | undefined {
  const { tag, dataOffset, hadUndefinedLength } = parsed;
  const length = hadUndefinedLength ? UNDEFINED_LENGTH : parsed.length;
  if (!stream.looksLikeItems(ownTag(tag).slice(0, 4), dataOffset, length)) return undefined;
  const after = stream.position;
  const again: ParsedElement = { tag, length, dataOffset };
  stream.littleEndian = around.littleEndian;
  stream.restart(dataOffset, dataOffset + parsed.length + (hadUndefinedLength ? 8 : 0));
  readItems(stream, around, again);
  settle(stream);
  stream.restart(after, around.bytes.length);
  return again.items;
}

function toDataset(stream: GuardedStream, around: Dataset, item: ParsedItem, depth: number): Dataset {
  if (depth > MAX_DEPTH) throw damaged('sequences are nested too deeply');
  const dataset = emptyDataset(around.bytes, around, around.characterSets);
  dataset.end = item.dataOffset + item.length;
  const { elements } = item.dataSet;
  for (const parsedTag in elements) {
    const parsed = elements[parsedTag];
    if (parsed === undefined || parsedTag === ITEM_END) continue;
    const element = toElement(stream, dataset, parsed, depth);
    dataset.elements.set(element.tag, element);
    if (element.tag === CHARACTER_SETS) dataset.characterSets = asciiValue(dataset, CHARACTER_SETS).split('\\');
  }
  return dataset;
}
