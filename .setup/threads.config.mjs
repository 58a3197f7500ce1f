// How Vite puts each of the server's threads into one file. Packages stay where they are.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './say.mjs';

/** By the name that `server/runtime/thread-entry.ts` asks for. */
const THREADS = {
  'read-pictures': 'server/pictures/thread/worker.ts',
  'read-table': 'server/imports/table/read-worker.ts',
};

/** Says of what the files were made, so that nobody runs them once any of it has changed. */
const tellSources = {
  name: 'tell-sources',
  generateBundle() {
    const ids = [...this.getModuleIds()].filter((id) => id.endsWith('.ts') && !id.includes('node_modules'));
    const hashed = ids.map((id) => [relative(root, id), createHash('sha256').update(readFileSync(id)).digest('hex')]);
    const source = JSON.stringify(Object.fromEntries(hashed.sort()));
    this.emitFile({ type: 'asset', fileName: 'sources.json', source });
  },
};

export default {
  root,
  publicDir: false,
  plugins: [tellSources],
  build: {
    ssr: true,
    target: 'node20',
    outDir: '.build/threads',
    emptyOutDir: true,
    rolldownOptions: { input: THREADS, output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } },
  },
};
