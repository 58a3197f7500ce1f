import { Failure } from '../contract/index.ts';

/** One part of a multipart body. What of `body` was not read when the next part is asked for is skipped. */
export interface MultipartPart {
  /** Names in lower case. */
  headers: Map<string, string>;
  body: AsyncIterable<Uint8Array>;
}

const MAX_HEADER_BYTES = 16 * 1024;
const CRLF = Buffer.from('\r\n');
const HEADER_END = Buffer.from('\r\n\r\n');

/**
 * Splits a multipart body, RFC 2046 section 5.1.1, as it arrives; no part is held in memory.
 * @throws Failure invalid-message where the body is no multipart or ends before its last boundary.
 */
export async function* readMultipart(
  source: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<MultipartPart, void> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const input = createInput(source);
  // The first boundary stands at the very beginning or after a preamble; the line break before it makes both the same.
  input.prepend(CRLF);
  for await (const _ of until(input, delimiter)) {
    // Preamble: to be ignored.
  }
  while (!(await isLast(input))) {
    const headers = await readHeaders(input);
    const pieces = until(input, delimiter);
    // Without `return`: a reader that gives up must not stop the search for the part's end.
    yield { headers, body: { [Symbol.asyncIterator]: () => ({ next: () => pieces.next() }) } };
    for await (const _ of pieces) {
      // What the reader of the part left.
    }
  }
}

interface Input {
  /** What has arrived and is not used up. */
  held: Buffer;
  /** Waits for more. @returns false at the end. */
  more(): Promise<boolean>;
  prepend(bytes: Buffer): void;
}

function createInput(source: AsyncIterable<Uint8Array>): Input {
  const iterator = source[Symbol.asyncIterator]();
  const input: Input = {
    held: Buffer.alloc(0),
    async more() {
      const { value, done } = await iterator.next();
      if (done) return false;
      const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      input.held = input.held.length === 0 ? bytes : Buffer.concat([input.held, bytes]);
      return true;
    },
    prepend(bytes) {
      input.held = Buffer.concat([bytes, input.held]);
    },
  };
  return input;
}

/** The bytes up to the delimiter, which is used up. */
async function* until(input: Input, delimiter: Buffer): AsyncGenerator<Uint8Array, void> {
  for (;;) {
    const found = input.held.indexOf(delimiter);
    if (found >= 0) {
      const bytes = input.held.subarray(0, found);
      input.held = input.held.subarray(found + delimiter.length);
      if (bytes.length > 0) yield bytes;
      return;
    }
    // The last bytes may be the beginning of the delimiter.
    const sure = input.held.length - delimiter.length + 1;
    if (sure > 0) {
      const bytes = input.held.subarray(0, sure);
      input.held = input.held.subarray(sure);
      yield bytes;
    }
    if (!(await input.more())) throw malformed('the body ends before its last boundary');
  }
}

/** After a boundary: `--` ends the body, anything else but white space up to the line's end is wrong. */
async function isLast(input: Input): Promise<boolean> {
  while (input.held.length < 2) if (!(await input.more())) throw malformed('the body ends after a boundary');
  if (input.held.subarray(0, 2).toString('latin1') === '--') return true;
  const line = await take(input, CRLF);
  if (line.toString('latin1').trim() !== '') throw malformed('something follows a boundary on its line');
  return false;
}

async function readHeaders(input: Input): Promise<Map<string, string>> {
  // A part without headers begins with the empty line at once.
  input.prepend(CRLF);
  const block = (await take(input, HEADER_END)).toString('latin1');
  const headers = new Map<string, string>();
  for (const line of block.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    if (line === '') continue;
    const colon = line.indexOf(':');
    if (colon < 1) throw malformed('a part has a malformed header');
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

async function take(input: Input, end: Buffer): Promise<Buffer> {
  for (;;) {
    const found = input.held.indexOf(end);
    if (found >= 0) {
      const bytes = input.held.subarray(0, found);
      input.held = input.held.subarray(found + end.length);
      return bytes;
    }
    if (input.held.length > MAX_HEADER_BYTES) throw malformed('the headers of a part are too long');
    if (!(await input.more())) throw malformed('the body ends inside the headers of a part');
  }
}

function malformed(message: string): Failure {
  return new Failure('invalid-message', message);
}
