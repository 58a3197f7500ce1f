import { parentPort } from 'node:worker_threads';
import { Failure } from '../../contract/index.ts';
import { inspectFile } from './inspect-file.ts';
import { readBulk } from './read-bulk.ts';
import { readEcgRecord } from './read-ecg-record.ts';
import { readFrames } from './read-frames.ts';
import { renderFrame } from './render-frame.ts';
import { slideTasks } from './slide-tasks.ts';
import type { TaskHandlers, TaskName, TaskReply, TaskRequest } from './tasks.ts';

const handlers: TaskHandlers = {
  inspect: inspectFile,
  frames: readFrames,
  render: renderFrame,
  bulk: readBulk,
  ecg: readEcgRecord,
  ...slideTasks,
};

parentPort?.on('message', async ({ taskId, name, input }: TaskRequest) => {
  const reply = await answer(taskId, name, input);
  parentPort?.postMessage(reply, reply.ok ? buffersOf(reply.value) : []);
});

parentPort?.postMessage('ready');

async function answer(taskId: number, name: TaskName, input: unknown): Promise<TaskReply> {
  try {
    return { taskId, ok: true, value: await handlers[name](input as never) };
  } catch (err) {
    if (!(err instanceof Failure)) return { taskId, ok: false, failure: null, error: String(err) };
    const { code, message, reason } = err;
    return { taskId, ok: false, failure: { code, message, reason }, error: message };
  }
}

/** Bytes are handed over, not copied; every task gives back bytes that nothing here holds on to. */
function buffersOf(value: unknown): ArrayBuffer[] {
  const all = Array.isArray(value) ? value : [value instanceof Object && 'bytes' in value ? value.bytes : value];
  return all.flatMap((one) => (one instanceof Uint8Array && one.buffer instanceof ArrayBuffer ? [one.buffer] : []));
}
