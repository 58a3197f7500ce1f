import { run, say } from './say.mjs';
import { hashOf, onceFor } from './stamp.mjs';

/** Whatever the client's bundle is made of. */
export const CLIENT_SOURCES = ['client', 'server/contract', 'server/formats', 'sfu/contract', 'package-lock.json'];

/** Builds the browser client into `.build/client`, where the server serves it from. */
export function ensureClient() {
  // The stamp lies in what it vouches for: removing the build removes it too.
  onceFor('.build/client/.stamp', hashOf(CLIENT_SOURCES), () => {
    say('building the client …');
    run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'client', '--logLevel', 'error']);
  });
}
