import { readdir, readFile, writeFile } from 'node:fs/promises';
// biome-ignore lint/style/noRestrictedImports: runs in Node, when building
import { join } from 'node:path';
// biome-ignore lint/style/noRestrictedImports: runs in Node, when building
import { promisify } from 'node:util';
// biome-ignore lint/style/noRestrictedImports: runs in Node, when building
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = /\.(js|css|svg|wasm)$/;
/** Below this a compressed file saves no packet. */
const WORTH_BYTES = 1_400;

/** Leaves `.br` and `.gz` beside each built file, so that no server has to compress while a person on a slow line waits. */
export function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    async writeBundle({ dir }) {
      const folder = join(dir ?? '', 'assets');
      const names = (await readdir(folder)).filter((name) => COMPRESSIBLE.test(name));
      await Promise.all(names.map((name) => compress(join(folder, name))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path);
  if (bytes.length < WORTH_BYTES) return;
  // Quality 9 of 11: the last two steps take ten times as long for two per cent.
  const brotli = await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  await writeFile(`${path}.br`, brotli);
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
