import { Failure } from '../../server/contract/failure.ts';
import { createAhead } from '../line/ahead.ts';

/** A line that has brought nothing for this long is taken for dead, however large the answer. */
const STALL_MS = 20_000;

export interface Answer {
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const ahead = createAhead<Answer>();

/** Asks for an answer that {@link fetchBytes} will be asked for in a moment. */
export function fetchBytesAhead(address: string, accept: string): void {
  ahead.begin(address, (signal) => readAnswer(address, accept, signal));
}

/**
 * Reads a whole binary answer; it may take as long as bytes keep coming.
 * @throws Failure: what the server answered, `unavailable` where the line failed. An abort through `signal` is thrown as it is.
 */
export async function fetchBytes(address: string, accept: string, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted();
  return await (ahead.take(address, signal) ?? readAnswer(address, accept, signal));
}

async function readAnswer(address: string, accept: string, signal: AbortSignal): Promise<Answer> {
  const until = new AbortController();
  const abort = (): void => until.abort();
  let timer = setTimeout(abort, STALL_MS);
  // AbortSignal.any would say it shorter, but not in Chrome 109.
  signal.addEventListener('abort', abort);
  const chunks: Uint8Array[] = [];
  let response: Response;
  try {
    signal.throwIfAborted();
    response = await fetch(address, {
      credentials: 'same-origin',
      headers: { accept },
      signal: until.signal,
    });
    if (response.ok && response.body) {
      const reader = response.body.getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        clearTimeout(timer);
        timer = setTimeout(abort, STALL_MS);
        chunks.push(read.value);
      }
    }
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    throw new Failure('unavailable', 'the server could not be reached', { cause: thrown });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
  if (!response.ok) throw await failureOf(response);
  return { contentType: response.headers.get('content-type') ?? '', bytes: joined(chunks) };
}

function joined(chunks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The contract's schemas come with the application's code; a first picture is on its way before they are there. */
async function failureOf(response: Response): Promise<Failure> {
  const http = await import('./http.ts');
  return await http.failureOf(response);
}
