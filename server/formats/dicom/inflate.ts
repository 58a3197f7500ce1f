import { Inflate } from 'fflate';
import { Failure } from '../../contract/failure.ts';

/** A deflated object (reports, waveforms, rarely images) stays far below; deflate itself can blow a file up a thousandfold. */
const MAX_INFLATED_BYTES = 512 * 1024 ** 2;
/** Enough for any header when only that is wanted. */
const MAX_PARTIAL_BYTES = 16 * 1024 ** 2;
const STEP_BYTES = 64 * 1024;
/** fflate's code for input that ends early. */
const UNEXPECTED_EOF = 0;

/**
 * Inflates the raw deflate stream (RFC 1951) that follows the meta information of a deflated file, PS3.5 section A.5.
 * `partial`: gives what the bytes at hand hold, at most 16 MiB. Throws `file-truncated`, `file-damaged`, `file-too-large`.
 */
export function inflate(bytes: Uint8Array, partial: boolean): Uint8Array {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const stream = new Inflate((chunk) => {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_INFLATED_BYTES) {
      throw new Failure('too-large', 'the deflated dataset is too large', { reason: 'file-too-large' });
    }
  });
  try {
    for (let position = 0; position < bytes.length; position += STEP_BYTES) {
      if (partial && sizeBytes > MAX_PARTIAL_BYTES) break;
      const last = position + STEP_BYTES >= bytes.length;
      stream.push(bytes.subarray(position, position + STEP_BYTES), last && !partial);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    const cutShort = error instanceof Error && 'code' in error && error.code === UNEXPECTED_EOF;
    throw new Failure('invalid-message', 'the deflated dataset cannot be inflated', {
      reason: cutShort ? 'file-truncated' : 'file-damaged',
      cause: error,
    });
  }
  const inflated = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const chunk of chunks) {
    inflated.set(chunk, offset);
    offset += chunk.length;
  }
  return inflated;
}
