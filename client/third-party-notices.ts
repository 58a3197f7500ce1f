import { readdir, readFile } from 'node:fs/promises';
// biome-ignore lint/style/noRestrictedImports: runs in Node, when building
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/** What the codec packages were compiled from: they leave out the licences of these libraries. */
const COMPILED_IN = join(import.meta.dirname, 'third-party-compiled-in.txt');
/** The innermost package of a module's path. */
const PACKAGE_FOLDER = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/;
const LICENCE_FILE = /^(licen[cs]e|copying|notice)([-_.][\w.-]*)?$/i;
const CODE = /\.(m?js|ts|json|map)$/i;
const RULE = `\n${'='.repeat(80)}\n\n`;

const INTRODUCTION = `The pages of Huizhen contain the packages and libraries below. Each is under its own licence.
The licence of Huizhen itself is not among them.
`;

interface Manifest {
  name: string;
  version: string;
  license?: string;
  author?: string | { name?: string };
}

/**
 * Writes `third-party-notices.txt` beside the pages: the licences of all packages that they contain.
 * Vite bundles workers apart from the page and before it, so each side has a plugin and both fill one list.
 */
export function thirdPartyNotices(): { page: Plugin; worker: () => Plugin } {
  const folders = new Set<string>();
  const collect = (bundle: Rolldown.OutputBundle): void => {
    for (const id of Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []))) {
      const [folder] = PACKAGE_FOLDER.exec(id.replace('\0', '').replaceAll('\\', '/')) ?? [];
      if (folder !== undefined) folders.add(folder);
    }
  };
  const page: Plugin = {
    name: 'third-party-notices',
    apply: 'build',
    async generateBundle(_, bundle) {
      collect(bundle);
      // Packages that lie in several places are described alike.
      const packages = new Set(await Promise.all([...folders].map(describePackage)));
      const source = [INTRODUCTION, ...[...packages].sort(), await readFile(COMPILED_IN, 'utf8')].join(RULE);
      this.emitFile({ type: 'asset', fileName: 'third-party-notices.txt', source });
    },
  };
  const worker = (): Plugin => ({
    name: 'third-party-notices-of-workers',
    generateBundle: (_, bundle) => collect(bundle),
  });
  return { page, worker };
}

/** Name, version and licence texts of one package. @throws Error where it names no licence: nobody may hand it out then. */
async function describePackage(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license, author } = manifest;
  // Some packages carry fonts or libraries of others, each with its licence in a folder further down.
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile() && LICENCE_FILE.test(one.name) && !CODE.test(one.name))
    .map((one) => join(one.parentPath, one.name).slice(folder.length + 1))
    .filter((path) => !path.includes('node_modules'))
    .sort();
  if (license === undefined && files.length === 0) throw new Error(`${name} names no licence`);
  const texts = await Promise.all(
    files.map(async (path) => `--- ${path}\n\n${(await readFile(join(folder, path), 'utf8')).trim()}\n`),
  );
  const by = typeof author === 'string' ? author : author?.name;
  const head = `${name} ${version}\nLicence: ${license ?? 'see below'}${by ? `\nAuthor: ${by}` : ''}\n`;
  return [head, ...(texts.length > 0 ? texts : ['The package carries no licence text.\n'])].join('\n');
}
