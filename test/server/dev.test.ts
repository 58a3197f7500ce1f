import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { placeDemoNetwork } from '../support/demo-network.ts';
import { eventually } from '../support/eventually.ts';
import { findFreePort } from '../support/start-process.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describe('npm run dev', function () {
  this.timeout(180_000);
  let dataDir: string;
  let child: ChildProcess | undefined;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huizhen-dev-'));
    await placeDemoNetwork(dataDir);
  });
  afterEach(async () => {
    child?.kill('SIGTERM');
    await rm(dataDir, { recursive: true, force: true });
  });

  it('serves sources and answers of a server of its own at one address, and one signal ends both', async () => {
    const [server, vite] = [await findFreePort(), await findFreePort()];
    const started = spawn(process.execPath, ['.setup/dev.mjs', '--port', String(vite), '--strictPort'], {
      cwd: ROOT,
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        PORT: String(server),
        MEDIA_PORT: '0',
        WORKERS: '1',
        LOG_LEVEL: 'fatal',
      },
      stdio: 'ignore',
    });
    child = started;
    const page = `http://localhost:${vite}`;
    const statusOf = (address: string) =>
      fetch(address).then(
        ({ status }) => status,
        () => undefined,
      );
    await eventually('both are there', async () => (await statusOf(`${page}/healthz`)) === 200);
    assert.match(await (await fetch(page)).text(), /main\.tsx/);
    const options = (await (await fetch(`${page}/api/sign-in`)).json()) as { demoAccounts: unknown[] };
    assert.ok(options.demoAccounts.length > 0);

    started.kill('SIGINT');
    assert.deepEqual(await once(started, 'exit'), [0, null]);
    await eventually(
      'the server is gone',
      async () => (await statusOf(`http://localhost:${server}/healthz`)) === undefined,
    );
    assert.equal(await statusOf(page), undefined);
  });
});
