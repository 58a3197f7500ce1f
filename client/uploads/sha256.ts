import { createSHA256 } from 'hash-wasm';

/** One for all: between `init` and `digest` nothing else can run. */
const hasher = createSHA256();
/** What is held at once of a file too large to be held whole. */
const PIECE_BYTES = 8 * 1024 ** 2;

/** SHA-256 in lower-case hexadecimal; also where the page was not loaded securely and the browser's own digest is missing. */
export async function sha256Of(content: Blob | Uint8Array): Promise<string> {
  const bytes = content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content;
  return (await hasher).init().update(bytes).digest('hex');
}

/** The same of a file of any size, read piece by piece. */
export async function sha256OfLarge(file: Blob): Promise<string> {
  // Its own: others are taken while this one waits for the disk.
  const own = await createSHA256();
  own.init();
  for (let offset = 0; offset < file.size; offset += PIECE_BYTES) {
    own.update(new Uint8Array(await file.slice(offset, offset + PIECE_BYTES).arrayBuffer()));
  }
  return own.digest('hex');
}
