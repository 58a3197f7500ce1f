import { readdir, readFile } from 'node:fs/promises';
// biome-ignore lint/style/noRestrictedImports: runs in Node, when building
import { join } from 'node:path';
import type { Plugin } from 'vite';

const PACKAGE = join(import.meta.dirname, '../node_modules/pdfjs-dist');
/** Character maps of CJK fonts, the fonts that every PDF may count on, and decoders: pdf.js fetches them by name when a page needs them. */
const FOLDERS = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];

/** Puts pdf.js's data under `/assets/pdfjs-<version>/`, where `documents/pdfjs.ts` looks for it. */
export function pdfjsData(): Plugin {
  return {
    name: 'pdfjs-data',
    async generateBundle() {
      const { version } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
      for (const folder of FOLDERS)
        for (const name of await readdir(join(PACKAGE, folder)))
          this.emitFile({
            type: 'asset',
            fileName: `assets/pdfjs-${version}/${folder}/${name}`,
            source: await readFile(join(PACKAGE, folder, name)),
          });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const [, folder = '', name = ''] = /^\/assets\/pdfjs-[\d.]+\/(\w+)\/([\w.-]+)$/.exec(request.url ?? '') ?? [];
        if (!FOLDERS.includes(folder)) return next();
        readFile(join(PACKAGE, folder, name)).then((bytes) => response.end(bytes), next);
      });
    },
  };
}
