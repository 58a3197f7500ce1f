import { Failure } from '../../server/contract/failure.ts';
import type { ImageDescription } from '../../server/formats/image/image.ts';
import type { StoredPixels } from '../../server/formats/image/stored-pixels.ts';
import type { DecodeOrder, DecodeResult } from './decode-protocol.ts';
import type { EncodedFrame } from './dicomweb.ts';

/** More would take the cores that video needs. */
const MAX_WORKERS = 2;

export interface DecodePool {
  /** @throws Failure as `decodeFrame` does. */
  decode(frame: EncodedFrame, description: ImageDescription): Promise<StoredPixels>;
  close(): void;
}

interface Bench {
  worker: Worker;
  orders: Map<number, { resolve: (pixels: StoredPixels) => void; reject: (failure: Failure) => void }>;
}

/** Whoever has not opened a pool by then does not want it. */
const AHEAD_MS = 10_000;
let ahead: { worker: Worker; keep(): void } | undefined;

/** Starts the first decoder of the pool that a viewer will open in a moment. */
export function startDecoderAhead(): void {
  if (ahead) return;
  const worker = startWorker();
  const giveUp = (): void => {
    worker.terminate();
    ahead = undefined;
  };
  const timer = setTimeout(giveUp, AHEAD_MS);
  worker.addEventListener('error', giveUp);
  const keep = (): void => {
    clearTimeout(timer);
    worker.removeEventListener('error', giveUp);
    ahead = undefined;
  };
  ahead = { worker, keep };
}

function startWorker(): Worker {
  return new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module', name: 'decode' });
}

function takeWorker(): Worker {
  const worker = ahead?.worker ?? startWorker();
  ahead?.keep();
  return worker;
}

/** Decodes off the page's thread. The first worker starts at once, beside the first frame on its way; one that dies takes its orders with it and is replaced. */
export function createDecodePool(): DecodePool {
  const size = Math.max(1, Math.min(MAX_WORKERS, navigator.hardwareConcurrency));
  const benches: Bench[] = [];
  let lastOrderId = 0;

  const open = (): Bench => {
    const worker = takeWorker();
    const bench: Bench = { worker, orders: new Map() };
    worker.addEventListener('message', ({ data }: MessageEvent<DecodeResult>) => {
      const order = bench.orders.get(data.orderId);
      bench.orders.delete(data.orderId);
      if ('pixels' in data) order?.resolve(data.pixels);
      else order?.reject(new Failure(data.failure.code, data.failure.message, reasonOf(data.failure)));
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      drop(bench, new Failure('unavailable', 'a decoder stopped', { cause: event.message }));
    });
    benches.push(bench);
    return bench;
  };
  const drop = (bench: Bench, failure: Failure): void => {
    bench.worker.terminate();
    const index = benches.indexOf(bench);
    if (index >= 0) benches.splice(index, 1);
    for (const order of bench.orders.values()) order.reject(failure);
  };
  const leastBusy = (): Bench => {
    const [bench] = [...benches].sort((a, b) => a.orders.size - b.orders.size);
    return bench && (bench.orders.size === 0 || benches.length >= size) ? bench : open();
  };

  open();
  return {
    decode(frame, description) {
      const { worker, orders } = leastBusy();
      const orderId = ++lastOrderId;
      return new Promise((resolve, reject) => {
        orders.set(orderId, { resolve, reject });
        const order: DecodeOrder = { orderId, ...frame, description };
        worker.postMessage(order, [frame.bytes.buffer]);
      });
    },
    close() {
      for (const bench of [...benches]) drop(bench, new Failure('unavailable', 'the viewer was closed'));
    },
  };
}

function reasonOf({ reason }: { reason: Failure['reason'] }): { reason?: NonNullable<Failure['reason']> } {
  return reason === undefined ? {} : { reason };
}
