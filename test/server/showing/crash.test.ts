import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../../server/database/database.ts';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { planned } from '../../../server/demonstrations/demonstration.ts';
import { createFieldSeal, loadFieldSecret } from '../../../server/patients/seal.ts';
import { signIn } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { placeDemoNetwork } from '../../support/demo-network.ts';
import { findFreePort, type RunningProcess, startProcess } from '../../support/start-process.ts';

describe('what a demonstration shows, on a server that is killed', function () {
  this.timeout(180_000);
  let dataDir: string;
  let server: RunningProcess;
  const demonstrationId = randomUUID();

  const open = async () =>
    openDatabase(
      `sqlite:${join(dataDir, 'huizhen.sqlite')}`,
      createFieldSeal(await loadFieldSecret(dataDir, undefined)),
    );

  /** Opened for enrolment: surgeon and stage try it out. */
  async function placeRehearsal(): Promise<void> {
    const database = await open();
    try {
      const [one] = (await database.query("SELECT accountId, facilityId FROM account WHERE login = 'surgeon'")) as {
        accountId: string;
        facilityId: string;
      }[];
      const { accountId: surgeonId, facilityId } = one ?? assert.fail('no surgeon');
      const plan = planned({ demonstrationId, facilityId, surgeonId, createdBy: surgeonId }, new Date());
      await database.write(({ demonstrations }) => demonstrations.insert({ ...plan, state: 'enrolling' }));
    } finally {
      await database.close();
    }
  }

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huizhen-showing-'));
    await placeDemoNetwork(dataDir);
    await placeRehearsal();
    server = await startProcess('server/main.ts', ['--without-sfu'], {
      PORT: String(await findFreePort()),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      DEMO: '1',
    });
  });
  after(async () => {
    await server?.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  it('[SH7] is kept up to the last second', async () => {
    const surgeon = await signIn(server.url, 'surgeon', DEMO_PASSWORD);
    const { accountId } = (await surgeon.call('session:read')).person;
    const window = await connect(server.url, surgeon.cookie);
    await window.request('showing:open', { demonstrationId, sinceRevision: 0 });
    const track = { accountId, source: 'field' as const, label: null };
    const told: { x: number; atMs: number }[] = [];
    const startedMs = Date.now();
    // Longer than it takes to be written a few times.
    for (let count = 1; Date.now() - startedMs < 3_000; count += 1) {
      const x = count / 10_000;
      const piece = { demonstrationId, strokeId: randomUUID(), track, shape: 'arrow' as const, from: 0 };
      await window.request('field:draw', { ...piece, points: [{ x, y: 0.5 }] });
      told.push({ x, atMs: Date.now() });
      // As a hand draws: faster the server would let the window go.
      await sleep(30);
    }
    await server.kill('SIGKILL');
    window.close();
    const database = await open();
    try {
      const events = await database.read.showings.listEvents(demonstrationId, { limit: 10_000 });
      const kept = new Set(
        events.flatMap(({ event }) => (event.kind === 'field' ? event.piece.points.map(({ x }) => x) : [])),
      );
      const lastMs = told.at(-1)?.atMs ?? 0;
      const lost = told.filter(({ x }) => !kept.has(x));
      assert.ok(told.length > 50 && kept.size > 0);
      assert.ok(
        lost.every(({ atMs }) => lastMs - atMs <= 1_000),
        `of ${told.length} drawn ${lost.length} are lost, the first ${lastMs - (lost[0]?.atMs ?? lastMs)} ms before the end`,
      );
    } finally {
      await database.close();
    }
  });
});
