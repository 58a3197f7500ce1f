import { inflateSync } from 'node:zlib';
import { damaged } from '../../formats/slide/refusal.ts';

/**
 * Bytes of one LZW strip or tile, TIFF 6.0 section 13: codes of 9 to 12 bits, highest bit first, one bit wider one code early.
 * Throws `file-damaged` for a code that cannot stand where it stands and where fewer than `sizeBytes` come out.
 */
export function decodeLzw(bytes: Uint8Array, sizeBytes: number): Uint8Array {
  const out = new Uint8Array(sizeBytes);
  // An entry is what stood in the output when it was made: its beginning and length.
  const starts = new Int32Array(4097);
  const lengths = new Int32Array(4097);
  let written = 0;
  let next = 258;
  let width = 9;
  let previous = -1;
  let [bits, bitCount, position] = [0, 0, 0];
  while (written < sizeBytes) {
    while (bitCount < width && position < bytes.length) {
      bits = ((bits << 8) | (bytes[position] as number)) & 0xffffff;
      bitCount += 8;
      position += 1;
    }
    if (bitCount < width) break;
    bitCount -= width;
    const code = (bits >> bitCount) & ((1 << width) - 1);
    if (code === 257) break;
    if (code === 256) {
      [next, width, previous] = [258, 9, -1];
      continue;
    }
    if (code >= next + (previous === -1 ? 0 : 1) && code > 255) throw damaged('an LZW code before its time');
    const start = written;
    if (code < 256) {
      out[written] = code;
      written += 1;
    } else {
      // The entry that is only being made is the previous one and its own first byte again.
      const from = code === next ? (starts[4096] as number) : (starts[code] as number);
      const length = code === next ? (lengths[4096] as number) + 1 : (lengths[code] as number);
      for (let i = 0; i < length && written < sizeBytes; i += 1, written += 1) out[written] = out[from + i] as number;
    }
    if (previous !== -1 && next < 4096) {
      starts[next] = starts[4096] as number;
      lengths[next] = (lengths[4096] as number) + 1;
      next += 1;
      if (next + 1 >= 1 << width && width < 12) width += 1;
    }
    previous = code;
    starts[4096] = start;
    lengths[4096] = written - start;
  }
  if (written < sizeBytes) throw damaged('LZW data ends early');
  return out;
}

/** PackBits, TIFF 6.0 section 9. Throws as {@link decodeLzw}. */
export function decodePackBits(bytes: Uint8Array, sizeBytes: number): Uint8Array {
  const out = new Uint8Array(sizeBytes);
  let written = 0;
  for (let position = 0; written < sizeBytes; ) {
    const head = bytes[position];
    if (head === undefined) throw damaged('PackBits data ends early');
    if (head === 128) position += 1;
    else if (head < 128) {
      if (position + 1 + head >= bytes.length) throw damaged('PackBits data ends early');
      const run = bytes.subarray(position + 1, position + 2 + head).subarray(0, sizeBytes - written);
      out.set(run, written);
      written += run.length;
      position += 2 + head;
    } else {
      const value = bytes[position + 1];
      if (value === undefined) throw damaged('PackBits data ends early');
      out.fill(value, written, Math.min(sizeBytes, written + 257 - head));
      written = Math.min(sizeBytes, written + 257 - head);
      position += 2;
    }
  }
  return out;
}

/** zlib data; never more than `sizeBytes` come out, whatever the stream claims. Throws as {@link decodeLzw}. */
export function decodeDeflate(bytes: Uint8Array, sizeBytes: number): Uint8Array {
  let out: Uint8Array;
  try {
    out = inflateSync(bytes, { maxOutputLength: sizeBytes + 1024 });
  } catch (error) {
    throw damaged('Deflate data cannot be read', error);
  }
  if (out.length < sizeBytes) throw damaged('Deflate data ends early');
  return out.subarray(0, sizeBytes);
}

/** Undoes horizontal differencing of 8-bit samples in place, TIFF 6.0 section 14. */
export function undoDifferences(data: Uint8Array, width: number, channels: number): void {
  const rowBytes = width * channels;
  for (let row = 0; row + rowBytes <= data.length; row += rowBytes) {
    for (let i = row + channels; i < row + rowBytes; i += 1)
      data[i] = (data[i] as number) + (data[i - channels] as number);
  }
}
