import { Failure } from '../contract/failure.ts';

/** One part of a multipart body. What of `body` was not read when the next part is asked for is skipped. */
export interface MultipartPart {
  /** Names in lower case. */
  headers: Map<string, string>;
  body: AsyncIterable<Uint8Array>;
}

export interface WholePart {
  headers: Map<string, string>;
  body: Uint8Array;
}

const MAX_HEADER_BYTES = 16 * 1024;
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const CRLF = ascii('\r\n');
const HEADER_END = ascii('\r\n\r\n');

/**
 * Splits a multipart body, RFC 2046 section 5.1.1, as it arrives; no part is held in memory.
 * @throws Failure invalid-message where the body is no multipart or ends before its last boundary.
 */
export async function* readMultipart(
  source: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<MultipartPart, void> {
  const delimiter = ascii(`\r\n--${boundary}`);
  const input = createInput(source);
  // The first boundary stands at the very beginning, without a line break before it, or after a preamble, which is ignored.
  const first = delimiter.subarray(CRLF.length);
  if (await beginsWith(input, first)) input.held = input.held.subarray(first.length);
  else
    for await (const _ of until(input, delimiter)) {
      // Preamble.
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

/** The parts of a body that is in memory already. @throws Failure as `readMultipart` */
export async function partsOf(bytes: Uint8Array, boundary: string): Promise<WholePart[]> {
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const parts: WholePart[] = [];
  for await (const { headers, body } of readMultipart(whole(), boundary)) {
    let joined: Uint8Array = new Uint8Array(0);
    for await (const piece of body) joined = joined.length === 0 ? piece : joinedOf(joined, piece);
    parts.push({ headers, body: joined });
  }
  return parts;
}

interface Input {
  /** What has arrived and is not used up. */
  held: Uint8Array;
  /** Waits for more. @returns false at the end. */
  more(): Promise<boolean>;
}

function createInput(source: AsyncIterable<Uint8Array>): Input {
  const iterator = source[Symbol.asyncIterator]();
  const input: Input = {
    held: new Uint8Array(0),
    async more() {
      const { value, done } = await iterator.next();
      if (done) return false;
      input.held = input.held.length === 0 ? value : joinedOf(input.held, value);
      return true;
    },
  };
  return input;
}

/** The bytes up to the delimiter, which is used up. */
async function* until(input: Input, delimiter: Uint8Array): AsyncGenerator<Uint8Array, void> {
  for (;;) {
    const found = indexOf(input.held, delimiter);
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

async function beginsWith(input: Input, wanted: Uint8Array): Promise<boolean> {
  while (input.held.length < wanted.length) if (!(await input.more())) return false;
  return wanted.every((byte, at) => input.held[at] === byte);
}

/** After a boundary: `--` ends the body, anything else but white space up to the line's end is wrong. */
async function isLast(input: Input): Promise<boolean> {
  while (input.held.length < 2) if (!(await input.more())) throw malformed('the body ends after a boundary');
  if (textOf(input.held.subarray(0, 2)) === '--') return true;
  if (textOf(await take(input, CRLF)).trim() !== '') throw malformed('something follows a boundary on its line');
  return false;
}

async function readHeaders(input: Input): Promise<Map<string, string>> {
  const headers = new Map<string, string>();
  if (await beginsWith(input, CRLF)) {
    input.held = input.held.subarray(CRLF.length);
    return headers;
  }
  const block = textOf(await take(input, HEADER_END));
  for (const line of block.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon < 1) throw malformed('a part has a malformed header');
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

async function take(input: Input, end: Uint8Array): Promise<Uint8Array> {
  for (;;) {
    const found = indexOf(input.held, end);
    if (found >= 0) {
      const bytes = input.held.subarray(0, found);
      input.held = input.held.subarray(found + end.length);
      return bytes;
    }
    if (input.held.length > MAX_HEADER_BYTES) throw malformed('the headers of a part are too long');
    if (!(await input.more())) throw malformed('the body ends inside the headers of a part');
  }
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let matched = 1;
    while (matched < wanted.length && bytes[at + matched] === wanted[matched]) matched += 1;
    if (matched === wanted.length) return at;
  }
  return -1;
}

function joinedOf(one: Uint8Array, other: Uint8Array): Uint8Array {
  const joined = new Uint8Array(one.length + other.length);
  joined.set(one);
  joined.set(other, one.length);
  return joined;
}

const textOf = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

function malformed(message: string): Failure {
  return new Failure('invalid-message', message);
}
