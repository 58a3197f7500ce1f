import { parentPort } from 'node:worker_threads';
import { Failure } from '../../contract/failure.ts';
import { pictureReaders } from '../readers.ts';
import { inspectionTasks } from './inspect-file.ts';
import type { TaskReply, TaskRequest, WorkerTasks } from './tasks.ts';

const handlers: WorkerTasks = Object.assign(
  inspectionTasks,
  ...Object.values(pictureReaders).map(({ tasks }) => tasks),
);

parentPort?.on('message', async ({ taskId, name, input }: TaskRequest) => {
  const reply = await answer(taskId, name, input);
  parentPort?.postMessage(reply, reply.ok ? buffersOf(reply.value) : []);
});

parentPort?.postMessage('ready');

async function answer(taskId: number, name: string, input: unknown): Promise<TaskReply> {
  try {
    const handle = handlers[name];
    if (!handle) throw new Error(`no task ${name}`);
    return { taskId, ok: true, value: await handle(input) };
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
