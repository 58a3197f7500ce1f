import { createSHA256 } from 'hash-wasm';

/** One for all: between `init` and `digest` nothing else can run. */
const hasher = createSHA256();

/** SHA-256 in lower-case hexadecimal; also where the page was not loaded securely and the browser's own digest is missing. */
export async function sha256Of(content: Blob | Uint8Array): Promise<string> {
  const bytes = content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content;
  return (await hasher).init().update(bytes).digest('hex');
}
