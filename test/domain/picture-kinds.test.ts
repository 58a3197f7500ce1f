import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pictureKinds } from '../../server/contract/picture-kinds.ts';

const root = new URL('../../', import.meta.url);

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

  it('do not know each other in the client: one viewer changes without another', () => {
    const kinds = Object.keys(pictureKinds);
    for (const kind of kinds) {
      const others = kinds.filter((other) => other !== kind).map((other) => `client/${other}/`);
      for (const [path, text] of sources) {
        if (!path.startsWith(`client/${kind}/`)) continue;
        const crossing = importsOf(path, text).filter((to) => others.some((other) => to.startsWith(other)));
        assert.deepEqual(crossing, [], path);
      }
    }
  });

  it('are named outside their own folders only where README.md says', () => {
    const named = [...sources].flatMap(([path, text]) => {
      if (/^(client|server)\/(ecg|pathology)\//.test(path) || /^client\/i18n\//.test(path)) return [];
      if (/^server\/contract\/(ecg|pathology|index|routes)\.ts$/.test(path)) return [];
      // What the demo network shows is no part of what a kind needs.
      if (/^server\/demo\//.test(path)) return [];
      const imports = importsOf(path, text).some((to) => /^(client|server)\/ecg\//.test(to));
      return imports || /['"]ecg['"]|\becg[,:]/.test(text) ? [path] : [];
    });
    assert.deepEqual(named.sort(), [
      'client/pages/case/material-lines.tsx',
      'client/review/kinds.ts',
      'client/uploads/grouping.ts',
      'client/uploads/inspect.ts',
      'client/uploads/material-facts.ts',
      'server/contract/picture-kinds.ts',
      'server/pictures/kinds.ts',
    ]);
  });
});
