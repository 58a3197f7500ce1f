/** One element to write: tag `00280010`, VR, and its value; nested for a sequence, fragments for encapsulated pixel data. */
export interface BuiltElement {
  tag: string;
  vr: string;
  value: Uint8Array | string | BuiltElement[][];
  fragments?: Uint8Array[];
}

const LONG_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'UN', 'UT']);

export const us = (...values: number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer);
export const ul = (...values: number[]): Uint8Array => new Uint8Array(Uint32Array.from(values).buffer);
export const element = (tag: string, vr: string, value: BuiltElement['value']): BuiltElement => ({ tag, vr, value });

/** A Part 10 file in an explicit little endian syntax, with the UIDs that an object needs. For cases that no public file covers. */
export function buildFile(transferSyntaxUid: string, elements: BuiltElement[]): Uint8Array {
  const meta = write(element('00020010', 'UI', transferSyntaxUid));
  const own = [
    element('00080016', 'UI', '1.2.840.10008.5.1.4.1.1.7'),
    element('00080018', 'UI', '2.25.1'),
    element('0020000D', 'UI', '2.25.2'),
    element('0020000E', 'UI', '2.25.3'),
  ];
  const given = new Set(elements.map(({ tag }) => tag));
  const dataset = [...own.filter(({ tag }) => !given.has(tag)), ...elements]
    .sort((one, other) => (one.tag < other.tag ? -1 : 1))
    .map(write);
  return concat([new Uint8Array(128), new TextEncoder().encode('DICM'), meta, ...dataset]);
}

/** Attributes of an uncompressed or compressed image with one sample a pixel. */
export function imageElements(rows: number, columns: number, bits: number, frames: number): BuiltElement[] {
  return [
    element('00280002', 'US', us(1)),
    element('00280004', 'CS', 'MONOCHROME2'),
    element('00280008', 'IS', String(frames)),
    element('00280010', 'US', us(rows)),
    element('00280011', 'US', us(columns)),
    element('00280100', 'US', us(bits)),
    element('00280101', 'US', us(bits)),
    element('00280102', 'US', us(bits - 1)),
    element('00280103', 'US', us(0)),
  ];
}

function write(item: BuiltElement): Uint8Array {
  if (item.fragments !== undefined) {
    const items = item.fragments.map((bytes) => concat([tagBytes('FFFEE000'), ul(even(bytes).length), even(bytes)]));
    return concat([head(item, 0xffffffff), ...items, tagBytes('FFFEE0DD'), ul(0)]);
  }
  const value = valueBytes(item.value);
  return concat([head(item, value.length), value]);
}

function head({ tag, vr }: BuiltElement, length: number): Uint8Array {
  const size = LONG_VRS.has(vr) ? concat([us(0), ul(length)]) : us(length);
  return concat([tagBytes(tag), new TextEncoder().encode(vr), size]);
}

function valueBytes(value: BuiltElement['value']): Uint8Array {
  if (typeof value === 'string') return even(new TextEncoder().encode(value), 0x20);
  if (value instanceof Uint8Array) return even(value);
  return concat(
    value.map((elements) => {
      const bytes = concat(elements.map(write));
      return concat([tagBytes('FFFEE000'), ul(bytes.length), bytes]);
    }),
  );
}

function even(bytes: Uint8Array, padding = 0): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : concat([bytes, Uint8Array.of(padding)]);
}

function tagBytes(tag: string): Uint8Array {
  return us(Number.parseInt(tag.slice(0, 4), 16), Number.parseInt(tag.slice(4), 16));
}

function concat(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}
