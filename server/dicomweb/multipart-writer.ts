import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface OutgoingPart {
  contentType: string;
  /** Absolute; where this part alone is to be had. */
  location?: string;
  /** undefined: not known before it is opened. */
  sizeBytes: number | undefined;
  /** Called when it is this part's turn. */
  open(): Pieces | Promise<Pieces>;
}

export interface OutgoingMultipart {
  /** With the boundary, as the Content-Type says it. */
  contentType: string;
  /** undefined where a part's is. */
  sizeBytes: number | undefined;
  /** Writes all parts, one after the other, no faster than the receiver reads. */
  write(to: Writable): Promise<void>;
}

/** A multipart/related body, RFC 2387, of parts of one media type. */
export function composeMultipart(type: string, parts: OutgoingPart[]): OutgoingMultipart {
  const boundary = randomUUID();
  const heads = parts.map((part, index) => Buffer.from(headOf(part, boundary, index === 0)));
  const end = Buffer.from(parts.length === 0 ? `--${boundary}--\r\n` : `\r\n--${boundary}--\r\n`);
  let sizeBytes: number | undefined = end.length;
  for (const [index, part] of parts.entries()) sizeBytes = add(add(sizeBytes, heads[index]?.length), part.sizeBytes);
  return {
    contentType: `multipart/related; type="${type}"; boundary=${boundary}`,
    sizeBytes,
    async write(to) {
      for (const [index, part] of parts.entries()) {
        await writeTo(to, heads[index] ?? Buffer.alloc(0));
        for await (const bytes of await part.open()) await writeTo(to, bytes);
      }
      await writeTo(to, end);
    },
  };
}

function add(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}

function headOf(part: OutgoingPart, boundary: string, isFirst: boolean): string {
  const location = part.location === undefined ? '' : `Content-Location: ${part.location}\r\n`;
  const length = part.sizeBytes === undefined ? '' : `Content-Length: ${part.sizeBytes}\r\n`;
  return `${isFirst ? '' : '\r\n'}--${boundary}\r\nContent-Type: ${part.contentType}\r\n${length}${location}\r\n`;
}

/** Waits where the receiver is slow. @throws Error where it has gone. */
export async function writeTo(to: Writable, bytes: Uint8Array): Promise<void> {
  if (to.destroyed) throw new Error('the receiver has gone');
  if (to.write(bytes)) return;
  const gone = new AbortController();
  try {
    await Promise.race([
      once(to, 'drain', { signal: gone.signal }),
      once(to, 'close', { signal: gone.signal }).then(() => {
        throw new Error('the receiver has gone');
      }),
    ]);
  } finally {
    gone.abort();
  }
}
