import { join } from 'node:path';
import { CLIENT_SOURCES } from './client.mjs';
import { root, run, say } from './say.mjs';
import { hashOf, onceFor } from './stamp.mjs';

const PAGE = 'test/browser/viewer-page';
/** The page takes its people and their line from what the tests of the review use. */
const SOURCES = [...CLIENT_SOURCES, PAGE, 'test/support/review-link.ts', 'test/support/review-world.ts'];
const BUILT = '.build/viewer-page';

/** Builds the page on which tests and benches try the viewers, with the client's own configuration. */
export function ensureViewerPage() {
  onceFor(`${BUILT}/.stamp`, hashOf(SOURCES), () => {
    say('building the page that tries the viewers …');
    const options = ['--config', 'client/vite.config.ts', '--outDir', join(root, BUILT), '--emptyOutDir'];
    run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', PAGE, ...options, '--logLevel', 'error']);
  });
}
