import { run, say } from './say.mjs';
import { hashOf, onceFor } from './stamp.mjs';

/** Whatever the programs are made of, and more. */
const SOURCES = ['server', 'sfu', '.setup/bundle.mjs', '.setup/programs.config.mjs', 'package-lock.json'];

/** Puts each program into one file below `.build/programs`, for tests: they start some fifty, each of which would read the sources anew. */
export function ensurePrograms() {
  onceFor('.build/programs/.stamp', hashOf(SOURCES), () => {
    say('building the programs that tests start …');
    const options = ['--config', '.setup/programs.config.mjs', '--logLevel', 'error'];
    run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', ...options]);
  });
}
