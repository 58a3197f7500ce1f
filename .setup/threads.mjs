import { run, say } from './say.mjs';
import { hashOf, onceFor } from './stamp.mjs';

/** Whatever the server's threads are made of, and more: only a change of it has them built again. */
const SOURCES = ['server', '.setup/bundle.mjs', '.setup/threads.config.mjs', 'package-lock.json'];

/** Puts each thread of the server into one file below `.build/threads`, from which it starts three times as fast. */
export function ensureThreads() {
  onceFor('.build/threads/.stamp', hashOf(SOURCES), () => {
    say('building the threads of the server …');
    const options = ['--config', '.setup/threads.config.mjs', '--logLevel', 'error'];
    run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', ...options]);
  });
}
