import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FailureView } from '../../../server/contract/index.ts';
import { acceptCase, completeDraft, draftCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { type Connection, connect } from '../../support/connect.ts';
import { frameOf } from '../../support/imaging-parts.ts';
import { type MariaDb, startMariaDb } from '../../support/mariadb.ts';
import { lengthTo, target, viewportAt } from '../../support/review-moves.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const OUTAGE_MS = 10_000;

describe('while the database is gone for ten seconds', function () {
  this.timeout(180_000);
  let mariaDb: MariaDb;
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  const open: Connection[] = [];

  before(async () => {
    mariaDb = await startMariaDb();
    server = await startServer({ databaseUrl: await mariaDb.createDatabase() });
    [doctor, specialist] = await Promise.all([server.signIn('county-doctor'), server.signIn('specialist')]);
  });
  after(async () => {
    for (const connection of open) connection.close();
    await server?.close();
    await mariaDb?.close();
  });

  it('[RT8] nothing acknowledged is lost, every request is answered, the images stay in step, and all goes on afterwards', async () => {
    const { consultationId } = await acceptCase(doctor, specialist);
    const draft = await draftCase(doctor);
    const windows = await Promise.all([doctor, specialist].map((client) => connect(server.url, client.cookie)));
    open.push(...windows);
    const [one, two] = windows;
    assert.ok(one && two);
    for (const connection of windows) await connection.request('review:open', { consultationId, sinceRevision: 0 });
    await one.request('presenter:ask', { consultationId });
    await one.request('viewport:move', { consultationId, viewport: viewportAt(1) });

    const acknowledged = { annotations: new Set<string>(), lines: new Set<string>() };
    const refusals: FailureView[] = [];
    let isOver = false;
    /** Draws and writes all the time, keeping what was acknowledged and what was refused. */
    const work = async (): Promise<void> => {
      while (!isOver) {
        const annotationId = randomUUID();
        const messageId = randomUUID();
        const [drawn, posted] = await Promise.all([
          one.ask('annotation:put', { consultationId, annotationId, target, shape: lengthTo(1) }),
          two.ask('chat:post', { consultationId, messageId, text: '请看这里' }),
        ]);
        if (drawn.ok) acknowledged.annotations.add(annotationId);
        else refusals.push(drawn.failure);
        if (posted.ok) acknowledged.lines.add(messageId);
        else refusals.push(posted.failure);
        await sleep(150);
      }
    };
    const working = work();
    await sleep(1000);
    await mariaDb.kill();
    const goneAt = Date.now();
    const refused = await doctor.ask('consultation:save', {
      params: { consultationId: draft.consultationId },
      body: { ...completeDraft, question: '断线时输入', version: draft.version },
    });
    assert.deepEqual(
      [refused.status, (refused.body as FailureView).code, (refused.body as FailureView).reason],
      [503, 'unavailable', 'database-unreachable'],
    );
    await one.request('viewport:move', { consultationId, viewport: viewportAt(77) });
    await two.next('viewport:moved', (moved) => frameOf(moved.viewport) === 77);
    const health = await fetch(`${server.url}/healthz`);
    assert.equal(health.status, 503);
    await sleep(OUTAGE_MS - (Date.now() - goneAt));
    await mariaDb.restart();

    const before = acknowledged.annotations.size;
    for (let tries = 0; tries < 100 && acknowledged.annotations.size < before + 3; tries += 1) await sleep(200);
    isOver = true;
    await working;
    assert.ok(acknowledged.annotations.size >= before + 3, 'drawing goes on by itself');
    assert.ok(refusals.length > 5, `${refusals.length} requests met the outage`);
    assert.deepEqual(
      [...new Set(refusals.map((failure) => `${failure.code}/${failure.reason}`))],
      ['unavailable/database-unreachable'],
    );
    assert.ok(
      windows.every((connection) => connection.socket.connected),
      'no connection was lost for it',
    );

    const snapshot = await two.request('review:open', { consultationId, sinceRevision: 0 });
    const kept = new Set(snapshot.annotations.map((annotation) => annotation.annotationId));
    assert.deepEqual(
      [...acknowledged.annotations].filter((id) => !kept.has(id)),
      [],
    );
    const lines = new Set(
      (await one.request('chat:since', { consultationId, afterSequence: 0 })).map((line) => line.messageId),
    );
    assert.deepEqual(
      [...acknowledged.lines].filter((id) => !lines.has(id)),
      [],
    );
    const saved = await doctor.call('consultation:save', {
      params: { consultationId: draft.consultationId },
      body: { ...completeDraft, question: '断线时输入', version: draft.version },
    });
    assert.equal(saved.question, '断线时输入');
    for (let tries = 0; tries < 50; tries += 1) {
      const stored = await server.database.read.review.findPresenting(consultationId);
      if (frameOf(stored.viewport) === 77) break;
      await sleep(200);
    }
    assert.equal(frameOf((await server.database.read.review.findPresenting(consultationId)).viewport), 77);
  });
});
