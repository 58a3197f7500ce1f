// Makes a checkout ready to run: `node .setup/prepare.mjs [client] [threads] [programs] [worker] [recorder] [test] [viewer-page]`. Quick when there is nothing to do.
// Plain JavaScript without packages: it runs before any package is there. Everything it says goes to standard error.
import { ensureClient } from './client.mjs';
import { ensureDebianPackages } from './debian.mjs';
import { ensureNodeModules } from './node-modules.mjs';
import { ensurePrograms } from './programs.mjs';
import { say } from './say.mjs';
import { ensureThreads } from './threads.mjs';
import { ensureViewerPage } from './viewer-page.mjs';
import { ensureWorker } from './worker.mjs';

/** Writes what a live demonstration records. */
const FFMPEG = { command: 'ffmpeg', package: 'ffmpeg' };

const steps = {
  client: ensureClient,
  worker: ensureWorker,
  threads: ensureThreads,
  programs: ensurePrograms,
  // What the tests drive: the browser with Chinese fonts, the other database, what joins several servers, the proxy, the relay, and
  // what checks a printed page and a slide.
  test: () =>
    ensureDebianPackages([
      { command: 'chromium-headless-shell', package: 'chromium-headless-shell' },
      { file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', package: 'fonts-noto-cjk' },
      { command: 'mariadbd', package: 'mariadb-server' },
      { command: 'redis-server', package: 'redis-server' },
      { command: 'nginx', package: 'nginx-light' },
      { command: 'openssl', package: 'openssl' },
      { command: 'turnserver', package: 'coturn' },
      { command: 'pdftoppm', package: 'poppler-utils' },
      { command: 'vips', package: 'libvips-tools' },
      { command: 'openslide-write-png', package: 'openslide-tools' },
      FFMPEG,
    ]),
  // Without it all else works: whoever would record is told.
  recorder: () => {
    try {
      ensureDebianPackages([FFMPEG]);
    } catch (error) {
      say(`nothing can be recorded: ${error.message}`);
    }
  },
  'viewer-page': ensureViewerPage,
};

try {
  ensureNodeModules();
  for (const name of process.argv.slice(2)) steps[name]();
} catch (error) {
  process.stderr.write(`huizhen: ${error.message}\n`);
  process.exit(1);
}
