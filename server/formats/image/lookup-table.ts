import { type Attributes, findString } from '../dicom/attributes.ts';

/** A Modality or VOI LUT, PS3.3 C.11.1 and C.11.2. Values below the first are mapped to the first entry, above to the last. */
export interface LookupTable {
  /** The input value that the first entry stands for. */
  firstMapped: number;
  bits: number;
  entries: Uint16Array;
  explanation: string;
}

/** Palette of a PALETTE COLOR image, PS3.3 C.7.6.3.1.5, each channel brought to 8 bits. */
export interface Palette {
  firstMapped: number;
  red: Uint8Array;
  green: Uint8Array;
  blue: Uint8Array;
}

interface Descriptor {
  count: number;
  firstMapped: number;
  bits: number;
}

/**
 * Three values: how many entries (0 means 65536), the first value mapped, bits of an entry (PS3.3 C.11.1.1.1). The second
 * is signed where the values are, whatever VR the file wrote it in.
 */
function findDescriptor(attributes: Attributes, tag: string, signed: boolean): Descriptor | undefined {
  const [count, first, bits] = attributes.numbers(tag, 'US');
  if (count === undefined || first === undefined || bits === undefined) return undefined;
  const unsigned = first & 0xffff;
  return {
    count: (count & 0xffff) === 0 ? 65536 : count & 0xffff,
    firstMapped: first < 0 || (signed && unsigned > 0x7fff) ? unsigned - 0x10000 : unsigned,
    bits,
  };
}

/** LUT Data: one entry a word, or, of 8-bit entries, two a word (low byte first). Shorter than described: undefined. */
function findEntries(attributes: Attributes, tag: string, { count, bits }: Descriptor): Uint16Array | undefined {
  const words = attributes.words(tag);
  if (words === undefined) return undefined;
  if (words.length >= count) return words.slice(0, count);
  if (bits > 8 || words.length * 2 < count) return undefined;
  return Uint16Array.from(
    { length: count },
    (_, index) => ((words[index >> 1] ?? 0) >> (index % 2 === 0 ? 0 : 8)) & 0xff,
  );
}

/** One item of (0028,3000) Modality LUT Sequence or (0028,3010) VOI LUT Sequence; undefined: not usable. */
export function findLookupTable(item: Attributes, signed: boolean): LookupTable | undefined {
  const descriptor = findDescriptor(item, '00283002', signed);
  if (descriptor === undefined) return undefined;
  const entries = findEntries(item, '00283006', descriptor);
  if (entries === undefined) return undefined;
  // Some devices state 16 and fill 12, or the other way round: the entries decide when they exceed what is stated.
  const highest = entries.reduce((max, entry) => Math.max(max, entry), 0);
  const bits = Math.max(descriptor.bits, Math.ceil(Math.log2(highest + 1)));
  return { firstMapped: descriptor.firstMapped, bits, entries, explanation: findString(item, '00283003') ?? '' };
}

/** Palette Color LUTs (0028,1101) to (0028,1203), plain or segmented. */
export function findPalette(attributes: Attributes, signed: boolean): Palette | undefined {
  const channels = ['1', '2', '3'].map((channel) => {
    const descriptor = findDescriptor(attributes, `0028110${channel}`, signed);
    if (descriptor === undefined) return undefined;
    const segmented = attributes.words(`0028122${channel}`);
    const entries =
      segmented === undefined
        ? findEntries(attributes, `0028120${channel}`, descriptor)
        : expandSegments(segmented, descriptor.count);
    return entries === undefined
      ? undefined
      : { firstMapped: descriptor.firstMapped, bytes: toBytes(entries, descriptor) };
  });
  const [red, green, blue] = channels;
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return { firstMapped: red.firstMapped, red: red.bytes, green: green.bytes, blue: blue.bytes };
}

/** 16-bit entries are brought to 8 by their high byte; some devices state 16 but fill the low byte only. */
function toBytes(entries: Uint16Array, { bits }: Descriptor): Uint8Array {
  const shift = bits > 8 && entries.some((entry) => entry > 0xff) ? 8 : 0;
  return Uint8Array.from(entries, (entry) => entry >> shift);
}

/** PS3.3 section C.7.9.2: discrete (0), linear (1) and indirect (2) segments. undefined: malformed. */
function expandSegments(words: Uint16Array, count: number): Uint16Array | undefined {
  const entries: number[] = [];
  const run = (start: number, end: number, segments: number): boolean => {
    let position = start;
    for (let done = 0; position < end && done < segments; done += 1) {
      const [opcode, length = 0, first = 0, second = 0] = words.subarray(position, position + 4);
      if (opcode === 0) {
        entries.push(...words.subarray(position + 2, position + 2 + length));
        position += 2 + length;
      } else if (opcode === 1) {
        const from = entries.at(-1) ?? 0;
        for (let step = 1; step <= length; step += 1) entries.push(Math.round(from + ((first - from) * step) / length));
        position += 3;
      } else if (opcode === 2 && start === 0) {
        // `length` segments again, from the byte offset that the next two words hold.
        if (!run((first + second * 65536) >> 1, words.length, length)) return false;
        position += 4;
      } else return false;
      if (entries.length > count) return false;
    }
    return true;
  };
  return run(0, words.length, words.length) && entries.length === count ? Uint16Array.from(entries) : undefined;
}
