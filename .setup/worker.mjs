import { run } from './say.mjs';

/** mediasoup's worker: see sfu/worker/. */
export function ensureWorker() {
  run(process.execPath, ['--import', 'tsx', 'sfu/worker/main.ts']);
}
