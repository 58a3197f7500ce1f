import { parentPort } from 'node:worker_threads';
import { Failure } from '../../contract/failure.ts';
import { readTable } from './read-table.ts';
import type { ReadReply, ReadRequest } from './table.ts';

/** Reads one table, answers, and is ended by whoever started it. */
parentPort?.once('message', async ({ bytes, shape }: ReadRequest) => {
  parentPort?.postMessage(await read(bytes, shape));
});

async function read(bytes: Uint8Array, shape: ReadRequest['shape']): Promise<ReadReply> {
  try {
    return { table: await readTable(bytes, shape) };
  } catch (err) {
    if (!(err instanceof Failure)) return { error: String(err) };
    const { code, message, reason, fields } = err;
    return { failure: { code, message, reason, fields } };
  }
}
