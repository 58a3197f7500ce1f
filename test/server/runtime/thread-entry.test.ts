import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '../../../server/runtime/thread-entry.ts';

const MODULE = new URL('../../../server/pictures/thread/worker.ts', import.meta.url);
const SOURCE = 'server/pictures/thread/worker.ts';

describe('a thread', () => {
  let folder: string;
  const built = async (sources: Record<string, string>) => {
    await writeFile(join(folder, 'sources.json'), JSON.stringify(sources));
    return threadEntry(MODULE, 'read-pictures', pathToFileURL(`${folder}/`));
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huizhen-threads-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('runs the file that was built of its sources', async () => {
    const sha256 = createHash('sha256')
      .update(await readFile(MODULE))
      .digest('hex');
    const entry = await built({ [SOURCE]: sha256 });
    assert.equal(entry.href, pathToFileURL(join(folder, 'read-pictures.mjs')).href);
  });

  it('runs its sources where they have changed since, where one is gone, and where nothing was built', async () => {
    const nothing = threadEntry(MODULE, 'read-pictures', new URL('nothing/', pathToFileURL(`${folder}/`)));
    const changed = await built({ [SOURCE]: '0'.repeat(64) });
    for (const entry of [changed, nothing]) {
      assert.equal(entry.protocol, 'data:');
      const worker = new Worker(entry, { execArgv: [] });
      try {
        assert.equal(await new Promise((resolve) => worker.once('message', resolve)), 'ready');
      } finally {
        await worker.terminate();
      }
    }
    await rm(join(folder, 'sources.json'));
    const other = await mkdtemp(join(tmpdir(), 'huizhen-threads-'));
    try {
      await writeFile(join(other, 'sources.json'), JSON.stringify({ 'server/no-such-file.ts': '0'.repeat(64) }));
      const entry = threadEntry(MODULE, 'read-pictures', pathToFileURL(`${other}/`));
      assert.equal(entry.protocol, 'data:');
    } finally {
      await rm(other, { recursive: true, force: true });
    }
  });
});
