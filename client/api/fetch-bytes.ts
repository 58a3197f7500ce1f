import { Failure } from '../../server/contract/failure.ts';
import { failureOf } from './http.ts';

/** A line that has brought nothing for this long is taken for dead, however large the answer. */
const STALL_MS = 20_000;

export interface Answer {
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

interface Early {
  answer: Promise<Answer>;
  aborting: AbortController;
  timer: ReturnType<typeof setTimeout>;
}

/** What was asked for before anybody could use it, by address. */
const ahead = new Map<string, Early>();
/** Whoever has not come for it by then does not want it. */
const AHEAD_MS = 10_000;

/** Asks for an answer that {@link fetchBytes} will be asked for in a moment; it is handed out once. */
export function fetchBytesAhead(address: string, accept: string): void {
  if (ahead.has(address)) return;
  const aborting = new AbortController();
  const answer = readAnswer(address, accept, aborting.signal);
  const timer = setTimeout(() => takeEarly(address)?.aborting.abort(), AHEAD_MS);
  ahead.set(address, { answer, aborting, timer });
  // Whoever needs it asks again and hears why.
  answer.catch(() => takeEarly(address));
}

function takeEarly(address: string): Early | undefined {
  const early = ahead.get(address);
  ahead.delete(address);
  clearTimeout(early?.timer);
  return early;
}

/**
 * Reads a whole binary answer; it may take as long as bytes keep coming.
 * @throws Failure: what the server answered, `unavailable` where the line failed. An abort through `signal` is thrown as it is.
 */
export async function fetchBytes(address: string, accept: string, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted();
  const early = takeEarly(address);
  if (!early) return await readAnswer(address, accept, signal);
  signal.addEventListener('abort', () => early.aborting.abort(), { once: true });
  return await early.answer;
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
