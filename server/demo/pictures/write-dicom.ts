type TextVr = 'AS' | 'CS' | 'DA' | 'DS' | 'DT' | 'IS' | 'LO' | 'PN' | 'SH' | 'ST' | 'TM' | 'UI';

/** Tag in hexadecimal, value representation, value; several text values are parted by a backslash. */
export type Element =
  | readonly [tag: string, vr: TextVr, value: string]
  | readonly [tag: string, vr: 'US' | 'SS' | 'UL', value: readonly number[]]
  | readonly [tag: string, vr: 'OB' | 'OW', value: Uint8Array]
  | readonly [tag: string, vr: 'SQ', items: readonly (readonly Element[])[]];

const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
/** Names this writer, PS3.7 section D.3.3.2. */
const IMPLEMENTATION_CLASS_UID = '2.25.285318943772653416212373862149836551';
const PREAMBLE_BYTES = 128;
/** VRs whose length takes four bytes after two reserved ones, PS3.5 section 7.1.2. */
const LONG = new Set(['OB', 'OW', 'SQ']);

/**
 * A file in explicit VR little endian with its File Meta Information, PS3.10 section 7. Text is written as UTF-8.
 * @param elements in any order; the SOP class (0008,0016) and instance (0008,0018) among them.
 */
export function writeDicom(elements: readonly Element[]): Uint8Array {
  const text = (tag: string) => elements.find(([name]) => name === tag)?.[2] as string;
  const meta = writeElements([
    ['00020001', 'OB', Uint8Array.of(0, 1)],
    ['00020002', 'UI', text('00080016')],
    ['00020003', 'UI', text('00080018')],
    ['00020010', 'UI', EXPLICIT_VR_LITTLE_ENDIAN],
    ['00020012', 'UI', IMPLEMENTATION_CLASS_UID],
  ]);
  return Buffer.concat([
    Buffer.alloc(PREAMBLE_BYTES),
    Buffer.from('DICM'),
    writeElements([['00020000', 'UL', [meta.length]]]),
    meta,
    writeElements(elements),
  ]);
}

function writeElements(elements: readonly Element[]): Buffer {
  const sorted = [...elements].sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat(sorted.flatMap(writeElement));
}

function writeElement(element: Element): Buffer[] {
  const [tag, vr] = element;
  const value = encodeValue(element);
  const padding = value.length % 2 === 0 ? Buffer.alloc(0) : Buffer.from(vr === 'UI' || vr === 'OB' ? '\0' : ' ');
  const length = value.length + padding.length;
  const head = Buffer.alloc(LONG.has(vr) ? 12 : 8);
  head.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0);
  head.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  head.write(vr, 4, 'latin1');
  if (LONG.has(vr)) head.writeUInt32LE(length, 8);
  else head.writeUInt16LE(length, 6);
  return [head, value, padding];
}

function encodeValue(element: Element): Buffer {
  switch (element[1]) {
    case 'US':
    case 'SS':
      return packed(element[2], 2);
    case 'UL':
      return packed(element[2], 4);
    case 'OB':
    case 'OW':
      return Buffer.from(element[2]);
    case 'SQ':
      return Buffer.concat(element[2].map(writeItem));
    default:
      return Buffer.from(element[2], 'utf8');
  }
}

/** An item of a code sequence, PS3.3 section 8. */
export function code(value: string, scheme: string, meaning: string): Element[] {
  return [
    ['00080100', 'SH', value],
    ['00080102', 'SH', scheme],
    ['00080104', 'LO', meaning],
  ];
}

/** Whole numbers, little endian, negative ones in two's complement. */
export function packed(values: ArrayLike<number>, bytes: 2 | 4): Buffer {
  const buffer = Buffer.alloc(values.length * bytes);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    if (bytes === 2) buffer.writeUInt16LE(value & 0xffff, index * 2);
    else buffer.writeUInt32LE(value >>> 0, index * 4);
  }
  return buffer;
}

function writeItem(elements: readonly Element[]): Buffer {
  const body = writeElements(elements);
  const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}
