// How Vite puts what runs in Node into one file each. Packages stay where they are.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './say.mjs';

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

export const bundle = (outDir, input, plugins = []) => ({
  root,
  publicDir: false,
  plugins: [...plugins, tellSources],
  build: {
    ssr: true,
    target: 'node20',
    outDir,
    emptyOutDir: true,
    rolldownOptions: { input, output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } },
  },
});
