import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { progressLine } from '../../sfu/worker/build.ts';
import { cacheDir } from '../../sfu/worker/cache.ts';
import { findWorkerBin } from '../../sfu/worker/find-worker.ts';
import { withFileLock } from '../../sfu/worker/lock.ts';
import { runsHere } from '../../sfu/worker/runs-here.ts';

describe('getting mediasoup-worker', () => {
  let folder: string;
  let real: string;
  before(async function () {
    this.timeout(1_800_000);
    real = await findWorkerBin();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huizhen-worker-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('takes the file that MEDIASOUP_WORKER_BIN names, or says that it will not do', async () => {
    assert.equal(await findWorkerBin({ env: { MEDIASOUP_WORKER_BIN: real } }), real);
    const nothing = findWorkerBin({ env: { MEDIASOUP_WORKER_BIN: '/bin/true' } });
    await assert.rejects(nothing, /\/bin\/true is not a mediasoup-worker/);
  });

  it('takes the kept one without a word', async () => {
    const env = { XDG_CACHE_HOME: folder };
    const kept = join(await cacheDir(env), 'mediasoup-worker');
    await mkdir(join(kept, '..'), { recursive: true });
    await copyFile(real, kept);
    const said: string[] = [];
    assert.equal(await findWorkerBin({ env, say: (line) => said.push(line) }), kept);
    assert.deepEqual(said, []);
    assert.match(kept, /huizhen\/mediasoup-worker\/3\.\d+\.\d+-[0-9a-f]{16}\/mediasoup-worker$/);
  });

  it('knows a file that does not run here from one that does', async () => {
    assert.equal(await runsHere(real), true);
    assert.equal(await runsHere(join(folder, 'nothing')), false);
    const torn = join(folder, 'torn');
    await writeFile(torn, (await readFile(real)).subarray(0, 100_000));
    await chmod(torn, 0o755);
    assert.equal(await runsHere(torn), false);
    assert.equal(await runsHere('/bin/true'), false);
  });

  it('lets one builder work at a time, and frees the place when a builder is killed', async () => {
    const lock = join(folder, 'lock');
    const diary = join(folder, 'diary');
    const program = `
      import { appendFile } from 'node:fs/promises';
      import { withFileLock } from ${JSON.stringify(fileURLToPath(new URL('../../sfu/worker/lock.ts', import.meta.url)))};
      await withFileLock(${JSON.stringify(lock)}, () => undefined, async () => {
        process.stdout.write('inside');
        await new Promise((resolve) => setTimeout(resolve, 60_000));
        await appendFile(${JSON.stringify(diary)}, 'killed one went on;');
      });`;
    const other = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program]);
    await once(other.stdout, 'data');
    let waited = false;
    const onWait = () => {
      waited = true;
      other.kill('SIGKILL');
    };
    const turns = [1, 2, 3].map((turn) =>
      withFileLock(lock, turn === 1 ? onWait : () => undefined, async () => {
        await appendFile(diary, `in;`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await appendFile(diary, `out;`);
      }),
    );
    await Promise.all(turns);
    assert.ok(waited);
    assert.equal(await readFile(diary, 'utf8'), 'in;out;in;out;in;out;');
  });

  it('tells how far the build is and how long it takes', () => {
    assert.equal(progressLine(3, 0, 210, 9_000), '3 of 210 files');
    assert.equal(progressLine(37, 0, 210, 74_000), '37 of 210 files, about 6 minutes left');
    assert.equal(progressLine(150, 140, 160, 30_000), '150 of 160 files, less than a minute left');
    assert.equal(progressLine(20, 0, 40, 60_000), '20 of 40 files, about 1 minute left');
  });
});
