import assert from 'node:assert/strict';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findReadyWorker, findWorkerBin } from '../../sfu/worker/find-worker.ts';
import { placeDemoNetwork } from './demo-network.ts';

/** Answers as dpkg-query does on a machine that has all that a build needs. */
const DPKG_QUERY = `#!/bin/sh
shift 2
for name; do echo "installed $name"; done
`;

/** Stands for the compiler: takes as long as the test wants, then the result is the real worker. Ends when its folder is removed. */
const makeScript = (state: string, worker: string) => `#!/bin/sh
case "$*" in *count*) echo 40; exit;; esac
if [ -e '${state}/broken' ]; then echo 'cc1plus is missing' >&2; exit 2; fi
while [ ! -e '${state}/finished' ]; do sleep 0.1; [ -d '${state}' ] || exit 1; done
cp '${worker}' mediasoup-worker
`;

export interface FreshMachine {
  environment: Record<string, string>;
  /** Lets the build end well. */
  finish(): Promise<void>;
  breakCompiler(): Promise<void>;
  mendCompiler(): Promise<void>;
}

/** The environment of a server that has never run here: no worker kept, none to download, a build that the test ends. */
export async function makeFreshMachine(folder: string): Promise<FreshMachine> {
  const [state, bin, cache, data] = ['state', 'bin', 'cache', 'data'].map((name) => join(folder, name));
  if (!state || !bin || !cache || !data) throw new Error('no folders');
  for (const one of [state, bin, cache, data]) await mkdir(one);
  const environment = { XDG_CACHE_HOME: cache, MEDIASOUP_WORKER_BIN: '' };
  assert.equal(
    await findReadyWorker({ ...process.env, ...environment }),
    undefined,
    'mediasoup installed a worker of its own: remove node_modules/mediasoup/worker/out',
  );
  const programs = { make: makeScript(state, await findWorkerBin()), 'dpkg-query': DPKG_QUERY };
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(bin, name), text);
    await chmod(join(bin, name), 0o755);
  }
  await placeDemoNetwork(data);
  return {
    environment: {
      ...environment,
      DATA_DIR: data,
      MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: 'true',
      WORKERS: '1',
      MEDIA_ADDRESS: '127.0.0.1',
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    },
    finish: () => writeFile(join(state, 'finished'), ''),
    breakCompiler: () => writeFile(join(state, 'broken'), ''),
    mendCompiler: () => rm(join(state, 'broken')),
  };
}
