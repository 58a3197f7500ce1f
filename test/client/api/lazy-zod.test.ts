import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { describeContract } from './bundled-contract.ts';

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

describe('zod as the browser gets it', function () {
  this.timeout(120_000);
  let bundled: typeof import('./bundled-contract.ts');
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huizhen-lazy-zod-'));
    await build({
      configFile: false,
      logLevel: 'error',
      resolve: { alias: [{ find: /^zod$/, replacement: pathOf('../../../client/api/lazy-zod.ts') }] },
      ssr: { noExternal: true },
      build: {
        ssr: pathOf('bundled-contract.ts'),
        outDir: folder,
        rolldownOptions: { output: { entryFileNames: 'contract.mjs' } },
      },
    });
    bundled = await import(pathToFileURL(join(folder, 'contract.mjs')).href);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('describes every part of both contracts as zod itself does', () => {
    const [there, here] = [bundled.describeContract(), describeContract()];
    assert.ok(Object.keys(here).length > 500, `${Object.keys(here).length} schemas`);
    assert.deepEqual(Object.keys(there).sort(), Object.keys(here).sort());
    assert.deepEqual(there, here);
  });

  it('makes no schema before somebody uses it', () => {
    let made = 0;
    const shape = {
      get field() {
        made += 1;
        return bundled.z.string();
      },
    };
    const list = bundled.z.array(bundled.z.object(shape));
    assert.equal(made, 0);
    const check: (value: unknown) => { success: boolean } = Reflect.get(list, 'safeParse');
    assert.equal(check([{ field: 'a' }]).success, true);
    assert.equal(check([{ field: 1 }]).success, false);
    assert.equal(made, 1);
  });
});
