import type { Request } from 'express';
import { Failure } from '../contract/index.ts';
import { readRequestBody } from './request-body.ts';

/** No body of the contract nests deeper than a dozen; what does is made to hurt. */
const MAX_DEPTH = 32;

/**
 * The JSON of a request, RFC 8259; an empty object where it brings none. Nothing is parsed that is larger or deeper than a
 * message may be: work on it would hold up everybody.
 * @throws Failure too-large, invalid-message without quoting what was sent
 */
export async function readJsonBody(request: Request, maxBytes: number): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) return {};
  if ((request.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity')
    throw new Failure('invalid-message', 'JSON is not taken compressed');
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of readRequestBody(request)) {
    sizeBytes += piece.length;
    if (sizeBytes > maxBytes) throw tooLarge(maxBytes);
    pieces.push(piece);
  }
  const bytes = Buffer.concat(pieces);
  if (bytes.length === 0) return {};
  if (isDeeper(bytes, MAX_DEPTH)) throw new Failure('invalid-message', `a message nests at most ${MAX_DEPTH} deep`);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    // The parser's own message may quote what was sent.
    throw new Failure('invalid-message', 'the message cannot be read');
  }
}

function tooLarge(maxBytes: number): Failure {
  return new Failure('too-large', `the message is larger than ${maxBytes} bytes`);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether arrays and objects nest deeper than `depth`: one pass over the bytes, without building anything. */
function isDeeper(bytes: Uint8Array, depth: number): boolean {
  let open = 0;
  let isInString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (isInString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) isInString = true;
    else if (byte === 0x5b || byte === 0x7b) {
      open += 1;
      if (open > depth) return true;
    } else if (byte === 0x5d || byte === 0x7d) open -= 1;
  }
  return false;
}
