import { damaged, truncated } from './refusal.ts';

/** Bytes that can be read at any place: a file on disk, an object in a store. They never change. */
export interface ByteSource {
  sizeBytes: number;
  /** Exactly `length` bytes from `offset`; both lie inside. Fails where they cannot be had. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** No tile, table or header that is read at once is larger. */
const MAX_READ_BYTES = 64 * 1024 ** 2;

/**
 * Reads what the file itself says where it lies. Throws `file-truncated` where that is behind the end, `file-damaged` where
 * it is more than anything of a slide takes: a few bytes can claim gigabytes.
 */
export async function readPart(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) {
    throw damaged('an offset or a length is no number of bytes');
  }
  if (offset + length > source.sizeBytes) throw truncated('something lies behind the end of the file');
  if (length > MAX_READ_BYTES) throw damaged(`one piece of ${length} bytes`);
  const bytes = await source.read(offset, length);
  if (bytes.length !== length) throw truncated('the file is shorter than it was');
  return bytes;
}
