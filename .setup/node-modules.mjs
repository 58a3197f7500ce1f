import { ensureDebianPackages } from './debian.mjs';
import { run, say } from './say.mjs';
import { hashOf, onceFor } from './stamp.mjs';

/** Packages exactly as the lockfile says; again whenever it, or Node's binary interface, has changed. */
export function ensureNodeModules() {
  onceFor('node_modules/.installed', hashOf(['package-lock.json'], process.versions.modules), () => {
    // better-sqlite3 is compiled where its prebuilt file cannot be had.
    ensureDebianPackages([
      { command: 'python3', package: 'python3' },
      { command: 'make', package: 'make' },
      { command: 'g++', package: 'g++' },
    ]);
    say('installing packages …');
    // Any value keeps mediasoup's own install step, a download, from running: `worker.mjs` gets the worker its own way.
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { MEDIASOUP_WORKER_BIN: 'see sfu/worker' });
  });
}
