import { Worker } from 'node:worker_threads';
import { Failure } from '../../contract/failure.ts';
import { createMutex } from '../../runtime/mutex.ts';
import { threadEntry } from '../../runtime/thread-entry.ts';
import type { ReadReply, ReadRequest, Table, TableShape } from './table.ts';

/** A full table takes two or three; only a file made to hang its reader takes longer. */
const READ_TIMEOUT_MS = 30_000;
/** A full table takes a quarter of it. */
const MAX_HEAP_MB = 512;
const MODULE = new URL('./read-worker.ts', import.meta.url);

/** One at a time: files of administrators never keep more than one core busy. */
const inTurn = createMutex();

/** Reads a table in a thread of its own, which is gone afterwards. @throws Failure as `readTable`, table-damaged where the file ended the thread */
export function readTableInThread(bytes: Uint8Array, shape: TableShape): Promise<Table> {
  return inTurn(async () => {
    const entry = threadEntry(MODULE, 'read-table');
    const worker = new Worker(entry, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } });
    try {
      return toTable(await answerOf(worker, { bytes, shape }));
    } finally {
      await worker.terminate();
    }
  });
}

function answerOf(worker: Worker, request: ReadRequest): Promise<ReadReply> {
  return new Promise((resolve, reject) => {
    const give = (cause: unknown) => reject(damaged(cause));
    const timer = setTimeout(() => give(new Error('it takes too long to read')), READ_TIMEOUT_MS);
    worker.once('message', (reply: ReadReply) => {
      clearTimeout(timer);
      resolve(reply);
    });
    worker.once('error', (err) => {
      clearTimeout(timer);
      give(err);
    });
    worker.postMessage(request);
  });
}

function toTable(reply: ReadReply): Table {
  if ('table' in reply) return reply.table;
  if ('error' in reply) throw damaged(new Error(reply.error));
  const { code, message, reason, fields } = reply.failure;
  throw new Failure(code, message, { ...(reason && { reason }), ...(fields && { fields }) });
}

function damaged(cause: unknown): Failure {
  return new Failure('invalid-message', 'the table cannot be read', { reason: 'table-damaged', cause });
}
