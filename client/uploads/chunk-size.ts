import { UPLOAD_CHUNK_BYTES } from '../../server/contract/limits.ts';

const SMALLEST_BYTES = 16 * 1024;
/** A chunk that takes longer holds up voice on the same line, and is lost whole when the line drops. */
const SLOW_MS = 6_000;
const QUICK_MS = 2_000;

/** How many bytes the next request carries: as many as the line takes in a few seconds, within what the contract allows. */
export interface ChunkSize {
  readonly chunkBytes: number;
  /** A full chunk was acknowledged after so long. */
  took(durationMs: number): void;
  /** A chunk was lost: the next ones are smaller. */
  lost(): void;
}

export function createChunkSize(): ChunkSize {
  let chunkBytes = UPLOAD_CHUNK_BYTES;
  const halve = () => {
    chunkBytes = Math.max(SMALLEST_BYTES, chunkBytes / 2);
  };
  return {
    get chunkBytes() {
      return chunkBytes;
    },
    took(durationMs) {
      if (durationMs > SLOW_MS) halve();
      else if (durationMs < QUICK_MS) chunkBytes = Math.min(UPLOAD_CHUNK_BYTES, chunkBytes * 2);
    },
    lost: halve,
  };
}
