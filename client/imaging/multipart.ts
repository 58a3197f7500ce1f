export interface Part {
  /** Names in lower case. */
  headers: Map<string, string>;
  body: Uint8Array;
}

/** The boundary that a Content-Type of `multipart/related` names; undefined for any other type. */
export function boundaryOf(contentType: string): string | undefined {
  if (!/^\s*multipart\/related\b/i.test(contentType)) return undefined;
  const match = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

/** The parts of a multipart body, RFC 2046 section 5.1. Bodies are views into the given bytes. */
export function parseMultipart(bytes: Uint8Array, boundary: string): Part[] {
  const delimiter = new TextEncoder().encode(`--${boundary}`);
  const parts: Part[] = [];
  let at = indexOf(bytes, delimiter, 0);
  while (at >= 0) {
    const start = at + delimiter.length;
    // Two hyphens after the delimiter end the body.
    if (bytes[start] === 0x2d && bytes[start + 1] === 0x2d) return parts;
    const next = indexOf(bytes, delimiter, start);
    if (next < 0) break;
    // The line break before a delimiter belongs to it.
    const part = parsePart(bytes.subarray(start, trimLineBreak(bytes, next)));
    if (part) parts.push(part);
    at = next;
  }
  throw new Error('a multipart body without its end');
}

const BLANK_LINE = new Uint8Array([13, 10, 13, 10]);

function parsePart(bytes: Uint8Array): Part | undefined {
  const end = indexOf(bytes, BLANK_LINE, 0);
  if (end < 0) return undefined;
  const headers = new Map<string, string>();
  for (const line of new TextDecoder('latin1').decode(bytes.subarray(0, end)).split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: bytes.subarray(end + BLANK_LINE.length) };
}

function trimLineBreak(bytes: Uint8Array, end: number): number {
  return bytes[end - 2] === 13 && bytes[end - 1] === 10 ? end - 2 : end;
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let index = 1;
    while (index < wanted.length && bytes[at + index] === wanted[index]) index++;
    if (index === wanted.length) return at;
  }
  return -1;
}
