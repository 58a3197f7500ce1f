import type { MediaReadiness } from '../server/contract/call.ts';
import type { Logger } from '../server/runtime/log.ts';
import { requireMedia } from './control.ts';
import type { Workers } from './workers.ts';

/** Gets the worker's file; says about how many seconds are left whenever that is known better. */
export type MakeWorkerBin = (onLeft: (leftS: number) => void) => Promise<string>;

/** Workers that are there, or to come. */
export interface PreparedWorkers extends Workers {
  readiness(): MediaReadiness;
}

interface PrepareParts {
  makeWorkerBin: MakeWorkerBin;
  start(workerBin: string): Promise<Workers>;
  log: Logger;
}

/** A download that is refused and a build on two cores, until the build's own pace is known. */
const FIRST_GUESS_S = 180;

/** Workers whose file is still being made: none can be picked before, the rest of the process goes on. Once failed, they are. */
export function prepareWorkers({ makeWorkerBin, start, log }: PrepareParts): PreparedWorkers {
  let workers: Workers | undefined;
  let expectedAtMs = Date.now() + FIRST_GUESS_S * 1000;
  let failed = false;
  let closed = false;
  const prepare = async (): Promise<void> => {
    const workerBin = await makeWorkerBin((leftS) => {
      expectedAtMs = Date.now() + leftS * 1000;
    });
    if (closed) return;
    const started = await start(workerBin);
    if (closed) started.close();
    else workers = started;
  };
  prepare().then(
    () => log.info('calls can be held from now on'),
    (err: unknown) => {
      failed = true;
      log.error({ err }, 'there is no media worker: no calls can be held until the next start, which tries again');
    },
  );
  const readiness = (): MediaReadiness => {
    if (workers) return { state: 'ready' };
    if (failed) return { state: 'failed' };
    return { state: 'preparing', leftS: Math.max(1, Math.ceil((expectedAtMs - Date.now()) / 1000)) };
  };
  return {
    readiness,
    count: () => workers?.count() ?? 0,
    list: () => workers?.list() ?? [],
    async pick(load) {
      if (workers) return await workers.pick(load);
      requireMedia(readiness());
      throw new Error('ready without workers');
    },
    close() {
      closed = true;
      workers?.close();
    },
  };
}
