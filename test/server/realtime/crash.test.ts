import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { acceptCase } from '../../support/case-journey.ts';
import { signIn } from '../../support/client.ts';
import { type Connection, connect } from '../../support/connect.ts';
import { placeDemoNetwork } from '../../support/demo-network.ts';
import { frameOf } from '../../support/imaging-parts.ts';
import { lengthTo, target, viewportAt } from '../../support/review-moves.ts';
import { findFreePort, type RunningProcess, startProcess } from '../../support/start-process.ts';

describe('a server that is killed in the middle of work', function () {
  this.timeout(180_000);
  let dataDir: string;
  let server: RunningProcess;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huizhen-crash-'));
    await placeDemoNetwork(dataDir);
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

  it('[RT8] [RV6] has everything it acknowledged, and who presented presents the same picture', async () => {
    const [doctor, specialist] = await Promise.all(
      ['county-doctor', 'specialist'].map((account) => signIn(server.url, account, DEMO_PASSWORD)),
    );
    assert.ok(doctor && specialist);
    const { consultationId } = await acceptCase(doctor, specialist);
    const open = (connection: Connection) => connection.request('review:open', { consultationId, sinceRevision: 0 });
    const acknowledged = { annotations: new Set<string>(), lines: new Set<string>(), opinion: 0 };

    for (let round = 0; round < 2; round += 1) {
      const [one, two] = await Promise.all([doctor, specialist].map((client) => connect(server.url, client.cookie)));
      assert.ok(one && two);
      await Promise.all([open(one), open(two)]);
      await one.request('presenter:ask', { consultationId });
      await one.request('viewport:move', { consultationId, viewport: viewportAt(10 + round) });
      // The word that it is kept: whatever comes after this, a restart included, the picture is there.
      await two.next('viewport:moved', (moved) => frameOf(moved.viewport) === 10 + round);
      await two.next('viewport:moved', (moved) => frameOf(moved.viewport) === 10 + round);
      let isDown = false;
      const work = async (): Promise<void> => {
        while (!isDown) {
          const annotationId = randomUUID();
          const messageId = randomUUID();
          await Promise.all([
            one.request('annotation:put', { consultationId, annotationId, target, shape: lengthTo(1) }).then(
              () => acknowledged.annotations.add(annotationId),
              () => undefined,
            ),
            two.request('chat:post', { consultationId, messageId, text: '请看这里' }).then(
              () => acknowledged.lines.add(messageId),
              () => undefined,
            ),
            specialist
              .call('opinion:save', {
                params: { consultationId },
                body: {
                  findings: '见结节',
                  diagnosis: [],
                  recommendations: [],
                  keyImages: [],
                  version: acknowledged.opinion,
                },
              })
              .then(
                ({ version }) => {
                  acknowledged.opinion = version;
                },
                () => undefined,
              ),
          ]);
        }
      };
      const working = work();
      await sleep(400 + round * 137);
      await server.kill('SIGKILL');
      isDown = true;
      one.close();
      two.close();
      await working;
      await server.restart();

      const back = await connect(server.url, doctor.cookie);
      const snapshot = await open(back);
      assert.deepEqual(snapshot.viewport, viewportAt(10 + round));
      assert.equal(snapshot.presenter?.peerId, back.socket.id, 'the presenter is the presenter still');
      const kept = new Set(snapshot.annotations.map((annotation) => annotation.annotationId));
      assert.deepEqual(
        [...acknowledged.annotations].filter((id) => !kept.has(id)),
        [],
      );
      const lines = await back.request('chat:since', { consultationId, afterSequence: 0 });
      const keptLines = new Set(lines.map((line) => line.messageId));
      assert.deepEqual(
        [...acknowledged.lines].filter((id) => !keptLines.has(id)),
        [],
      );
      const opinion = await specialist.call('opinion:read', { params: { consultationId } });
      assert.ok(opinion.version >= acknowledged.opinion);
      acknowledged.opinion = opinion.version;
      back.close();
    }
    assert.ok(acknowledged.annotations.size > 0 && acknowledged.lines.size > 0);
    const auditor = await signIn(server.url, 'auditor', DEMO_PASSWORD);
    assert.equal((await auditor.call('audit:verify')).valid, true);
  });
});
