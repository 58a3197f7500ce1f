import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pictureKinds } from '../../../server/contract/picture-kinds.ts';

const root = new URL('../../../', import.meta.url);

async function readSources(): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  for (const folder of ['client', 'server']) {
    const names = await readdir(fileURLToPath(new URL(`${folder}/`, root)), { recursive: true });
    for (const name of names.filter((one) => /\.tsx?$/.test(one)))
      sources.set(`${folder}/${name}`, await readFile(new URL(`${folder}/${name}`, root), 'utf8'));
  }
  return sources;
}

/** Modules that a source file imports from the project, as paths from its root. */
function importsOf(path: string, text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)].map(([, to = '']) =>
    new URL(to, new URL(path, 'file:///')).pathname.slice(1),
  );
}

describe('the kinds of picture', () => {
  let sources: Map<string, string>;
  before(async () => {
    sources = await readSources();
  });

  const folderOf = (kind: string): string => (kind === 'pathology' ? 'slide' : kind);
  /** Where a kind lives: its viewer, its reader and what hands it out, and the format it reads. */
  const ownFolders = (kind: string): string[] => [
    `client/${folderOf(kind)}/`,
    `server/pictures/${folderOf(kind)}/`,
    `server/formats/${kind === 'documents' ? 'document' : folderOf(kind)}/`,
  ];

  it('do not know each other in the client: one viewer changes without another', () => {
    const kinds = Object.keys(pictureKinds);
    for (const kind of kinds) {
      const others = kinds.filter((other) => other !== kind).map((other) => `client/${folderOf(other)}/`);
      for (const [path, text] of sources) {
        if (!path.startsWith(`client/${folderOf(kind)}/`)) continue;
        const crossing = importsOf(path, text).filter((to) => others.some((other) => to.startsWith(other)));
        assert.deepEqual(crossing, [], path);
      }
    }
  });

  /** Files outside the kind's own folders that name it, or reach into them. */
  const naming = (kind: string): string[] =>
    [...sources]
      .flatMap(([path, text]) => {
        if (ownFolders(kind).some((folder) => path.startsWith(folder))) return [];
        if (/^client\/i18n\//.test(path) || /^server\/contract\/(documents|ecg|pathology|index|routes)\.ts$/.test(path))
          return [];
        // What the demo network shows is no part of what a kind needs; migrations say what was once.
        if (/^server\/(demo|database\/migrations)\//.test(path)) return [];
        const imports = importsOf(path, text).some((to) => ownFolders(kind).some((folder) => to.startsWith(folder)));
        return imports || new RegExp(`['"]${kind}['"]|\\b${kind}([,:]| };)`).test(text) ? [path] : [];
      })
      .sort();
  const EVERY_KIND = [
    'client/pictures/kinds.ts',
    'client/pictures/listings.ts',
    'client/uploads/grouping.ts',
    'client/uploads/inspect.ts',
    'client/uploads/material-facts.ts',
    'server/contract/picture-kinds.ts',
    'server/contract/storage-classes.ts',
    'server/pictures/readers.ts',
    'server/pictures/servings.ts',
  ];

  /** A shape names the kinds that it suits. */
  const shapesOf = (...names: string[]): string[] => names.map((name) => `client/shapes/${name}.ts`);

  it('are named outside their own folders only where README.md says', () => {
    assert.deepEqual(naming('ecg'), [...EVERY_KIND, ...shapesOf('caliper', 'qt')].sort());
  });

  it('are also named where files go up, if they come as files that are no DICOM objects', () => {
    const asFiles = ['client/uploads/magic.ts', 'client/uploads/names.ts'];
    // A photograph of a signed consent is no picture of the case, and is stripped of its place and device as one.
    const photographs = ['client/consents/evidence.ts', 'server/consents/evidence.ts'];
    // A still of an operation is a picture of the case without pages.
    const stills = ['server/demonstrations/hall/still-use-case.ts'];
    const shapes = shapesOf('ellipse', 'length', 'polygon');
    assert.deepEqual(naming('documents'), [...EVERY_KIND, ...asFiles, ...photographs, ...stills, ...shapes].sort());
  });
});
