import type { BitReader } from './bit-reader.ts';
import { damagedJpeg, type Segment } from './markers.ts';

/** Codes up to this long are found by one look-up. */
const FAST_BITS = 10;

export interface HuffmanTable {
  /** By the next {@link FAST_BITS} bits: code length in the high byte, value in the low; 0: the code is longer. */
  fast: Uint16Array;
  /** By code length: the largest code, -1: none; and what to add to a code to get the index of its value. */
  maxCode: Int32Array;
  offset: Int32Array;
  values: Uint8Array;
}

/** DHT, ISO/IEC 10918-1 section B.2.4.2. Keys: class (0 DC or lossless, 1 AC) times 16 plus destination. */
export function readHuffmanTables(bytes: Uint8Array, { start, end }: Segment, tables: Map<number, HuffmanTable>): void {
  let position = start;
  while (position < end) {
    const key = bytes[position] ?? 0;
    const counts = bytes.subarray(position + 1, position + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    position += 17;
    if (position + total > end || total > 256) throw damagedJpeg('a Huffman table is malformed');
    tables.set(key & 0x1f, buildTable(counts, bytes.subarray(position, position + total)));
    position += total;
  }
}

function buildTable(counts: Uint8Array, values: Uint8Array): HuffmanTable {
  const table: HuffmanTable = {
    fast: new Uint16Array(1 << FAST_BITS),
    maxCode: new Int32Array(18).fill(-1),
    offset: new Int32Array(18),
    values,
  };
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length += 1) {
    const count = counts[length - 1] ?? 0;
    if (code + count > 1 << length) throw damagedJpeg('a Huffman table has too many codes');
    table.offset[length] = index - code;
    for (let n = 0; n < count && length <= FAST_BITS; n += 1) {
      const first = (code + n) << (FAST_BITS - length);
      table.fast.fill((length << 8) | (values[index + n] ?? 0), first, first + (1 << (FAST_BITS - length)));
    }
    code += count;
    index += count;
    if (count > 0) table.maxCode[length] = code - 1;
    code <<= 1;
  }
  return table;
}

/** The next value, ISO/IEC 10918-1 section F.2.2.3. */
export function decodeHuffman(reader: BitReader, table: HuffmanTable): number {
  const bits = reader.peek16();
  const entry = table.fast[bits >> (16 - FAST_BITS)] ?? 0;
  if (entry !== 0) {
    reader.skip(entry >> 8);
    return entry & 0xff;
  }
  for (let length = FAST_BITS + 1; length <= 16; length += 1) {
    const code = bits >> (16 - length);
    if (code <= (table.maxCode[length] ?? -1)) {
      reader.skip(length);
      return table.values[code + (table.offset[length] ?? 0)] ?? 0;
    }
  }
  throw damagedJpeg('a Huffman code does not exist');
}
