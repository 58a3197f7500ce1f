import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as mediasoup from 'mediasoup';
import { findWorkerBin } from '../../../sfu/worker/find-worker.ts';
import { eventually } from '../../support/eventually.ts';
import { uploadFile } from '../../support/images.ts';
import { withOverlay } from '../../support/series-by-hand.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { startSfu } from '../../support/start-sfu.ts';

interface Health {
  status: string;
  cause?: string;
  database?: string;
  sfu?: { workers: number };
}

async function readHealth(url: string): Promise<{ code: number; body: Health }> {
  const response = await fetch(`${url}/healthz`);
  return { code: response.status, body: (await response.json()) as Health };
}

/** A server and the sfu that it asks, inside or apart. */
interface Form {
  server: RunningServer;
  sfuUrl: string | undefined;
  close(): Promise<void>;
}

const forms: Record<string, (workerBin: string) => Promise<Form>> = {
  'in one process': async (workerBin) => {
    const server = await startServer({ makeWorkerBin: async () => workerBin });
    return { server, sfuUrl: undefined, close: server.close };
  },
  'with the sfu apart': async (workerBin) => {
    const sfu = await startSfu({ workerBin });
    const server = await startServer({ sfuApart: sfu });
    const close = async () => {
      await server.close();
      await sfu.close();
    };
    return { server, sfuUrl: sfu.url, close };
  },
};

describe('the health of a server without calls', () => {
  let folder: string;
  const workers: mediasoup.types.Worker[] = [];
  const remember = (worker: mediasoup.types.Worker) => workers.push(worker);
  before(() => mediasoup.observer.on('newworker', remember));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huizhen-health-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  after(() => mediasoup.observer.off('newworker', remember));

  for (const [form, start] of Object.entries(forms))
    it(`[CA10] says that calls have to wait, not that it is ill, while its media worker is replaced; people go on working (${form})`, async () => {
      const workerBin = join(folder, 'mediasoup-worker');
      await symlink(await findWorkerBin(), workerBin);
      const { server, sfuUrl, close } = await start(workerBin);
      try {
        const well = { status: 'ok', database: 'sqlite', sfu: { workers: 1 } };
        const isWell = async () => (await readHealth(server.url)).body.status === 'ok';
        await eventually('it is well', async () => (await readHealth(server.url)).body.sfu?.workers === 1);
        assert.deepEqual(await readHealth(server.url), { code: 200, body: well });

        // Without its file no new one can be started, for as long as is looked at here.
        await rm(workerBin);
        process.kill(workers.at(-1)?.pid ?? assert.fail(), 'SIGKILL');
        await eventually('it is noticed', async () => !(await isWell()));
        const { code, body } = await readHealth(server.url);
        const { status, database, sfu } = body;
        assert.deepEqual(
          { code, status, database, sfu },
          { ...well, code: 200, status: 'degraded', sfu: { workers: 0 } },
        );
        assert.match(body.cause ?? '', /^sfu: ./);
        if (sfuUrl !== undefined) {
          const own = await readHealth(sfuUrl);
          assert.deepEqual(own, { code: 503, body: { status: 'no media worker', workers: 0 } }, 'the sfu’s own');
        }
        const doctor = await server.signIn('county-doctor');
        const { consultationId } = await doctor.call('consultation:create');
        for (const file of withOverlay(91, true)) await uploadFile(doctor, consultationId, file);
        const studies = await doctor.fetch(`/dicomweb/consultations/${consultationId}/studies`);
        assert.deepEqual([studies.status, ((await studies.json()) as unknown[]).length], [200, 1]);

        await symlink(await findWorkerBin(), workerBin);
        await eventually('it is well by itself', isWell);
        assert.deepEqual(await readHealth(server.url), { code: 200, body: well });
      } finally {
        await close();
      }
    });

  it('[CA10] stays in service while its sfu is away or answers nothing, and says which', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const urls = { 'does not answer in time': `http://127.0.0.1:${port}`, 'does not answer$': 'http://127.0.0.1:1' };
    try {
      for (const [cause, url] of Object.entries(urls)) {
        const server = await startServer({ sfuApart: { url, secret: 'a secret of both' } });
        try {
          const { code, body } = await readHealth(server.url);
          assert.deepEqual([code, body.status, body.database, body.sfu], [200, 'degraded', 'sqlite', { workers: 0 }]);
          assert.match(body.cause ?? '', new RegExp(`^sfu: .*${cause}`));
        } finally {
          await server.close();
        }
      }
    } finally {
      silent.closeAllConnections();
      silent.close();
    }
  });
});
