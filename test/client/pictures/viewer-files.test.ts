import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ASSETS = fileURLToPath(new URL('../../../.build/client/assets/', import.meta.url));

/** A built file and all that it cannot do without. */
function withItsParts(name: string): Set<string> {
  const files = new Set([name]);
  for (const file of files)
    for (const [, imported] of readFileSync(ASSETS + file, 'utf8').matchAll(/from\s*["']\.\/([^"']+\.js)["']/g))
      if (imported !== undefined) files.add(imported);
  return files;
}

describe('the files that a picture waits for', () => {
  it('hold nothing of antd, which no viewer draws with', () => {
    const viewers = readdirSync(ASSETS).filter((name) => /^kind-.*\.js$/.test(name));
    const pages = readdirSync(ASSETS).filter((name) =>
      /^(images|reading-room|signed-in|review-panel)-.*\.js$/.test(name),
    );
    assert.ok(viewers.length >= 4 && pages.length >= 3, [...viewers, ...pages].join());
    for (const name of [...viewers, ...pages])
      assert.deepEqual(
        [...withItsParts(name)].filter((file) => file.startsWith('antd')),
        [],
        name,
      );
  });
});
