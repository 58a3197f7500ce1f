import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = new URL('../../../', import.meta.url);
const DOCUMENTS = ['server/contract/PROTOCOL.md', 'sfu/contract/PROTOCOL.md'];

/** Titles of all tests that are really run, wherever they stand. */
async function readTitles(): Promise<string[]> {
  const folder = fileURLToPath(new URL('test/', root));
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.test.ts'));
  const texts = await Promise.all(names.map((name) => readFile(new URL(`test/${name}`, root), 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(/\bit\(\s*(['"`])(.*?)\1/gs)].map((match) => match[2] ?? ''));
}

describe('the numbered rules', () => {
  let titles: string[];
  const rules = new Map<string, string>();

  before(async () => {
    titles = await readTitles();
    for (const document of DOCUMENTS) {
      const text = await readFile(new URL(document, root), 'utf8');
      for (const [, id = ''] of text.matchAll(/^- \*\*\[([A-Z]+\d+)\]\*\*/gm)) {
        assert.equal(rules.get(id), undefined, `${id} stands twice`);
        rules.set(id, document);
      }
    }
  });

  it('each have a test whose title bears the ID', () => {
    assert.ok(rules.size > 50);
    const missing = [...rules.keys()].filter((id) => !titles.some((title) => title.includes(`[${id}]`)));
    assert.deepEqual(missing, []);
  });

  it('are all that a test may claim to prove', () => {
    const claimed = new Set(
      titles.flatMap((title) => [...title.matchAll(/\[([A-Z]{2,}\d+)\]/g)].map((match) => match[1] ?? '')),
    );
    assert.deepEqual(
      [...claimed].filter((id) => !rules.has(id)),
      [],
    );
  });
});
