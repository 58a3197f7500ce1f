import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Annotation } from '../../../server/contract/index.ts';
import { acceptCase, acceptWritten } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { type Connection, connect, SocketRefusedError } from '../../support/connect.ts';
import { createRandom } from '../../support/random.ts';
import { lengthTo, target } from '../../support/review-moves.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('annotations in the shared review', () => {
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  let consultationId: string;
  const open: Connection[] = [];
  const enter = (connection: Connection, sinceRevision = 0) =>
    connection.request('review:open', { consultationId, sinceRevision });
  const inReview = async (client: Client): Promise<Connection> => {
    const connection = await connect(server.url, client.cookie);
    open.push(connection);
    await enter(connection);
    return connection;
  };
  const put = (connection: Connection, annotationId: string, x: number) =>
    connection.request('annotation:put', { consultationId, annotationId, target, shape: lengthTo(x) });
  const erase = (connection: Connection, annotationId: string) =>
    connection.request('annotation:delete', { consultationId, annotationId });
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'ok',
      (error: unknown) => {
        assert.ok(error instanceof SocketRefusedError, String(error));
        return error.failure.code;
      },
    );

  before(async function () {
    this.timeout(180_000);
    server = await startServer();
    [doctor, specialist] = await Promise.all([server.signIn('county-doctor'), server.signIn('specialist')]);
  });
  beforeEach(async () => {
    ({ consultationId } = await acceptCase(doctor, specialist));
  });
  afterEach(() => {
    for (const connection of open.splice(0)) connection.close();
  });
  after(() => server?.close());

  it('[AN1] get the board’s next revision, without gaps, and are told to the others', async () => {
    const [one, two] = [await inReview(doctor), await inReview(specialist)];
    const drawn = await Promise.all(
      Array.from({ length: 20 }, (_, index) => put(index % 2 ? one : two, randomUUID(), index)),
    );
    assert.deepEqual(
      drawn.map((answer) => answer.revision).sort((a, b) => a - b),
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    const snapshot = await enter(one);
    assert.equal(snapshot.revision, 20);
    for (let count = 0; count < 10; count += 1)
      await two.next('annotation:changed', (one) => one.authorName === '李春梅');
    assert.deepEqual(two.pending('annotation:changed'), [], 'nobody is told of their own strokes');
  });

  it('[AN2] are as the last of their author’s windows left them, and come back by a put after a delete', async () => {
    const [one, two] = [await inReview(doctor), await inReview(doctor)];
    const annotationId = randomUUID();
    await put(one, annotationId, 1);
    await put(two, annotationId, 2);
    assert.deepEqual(
      (await enter(one)).annotations.map((line) => line.shape),
      [lengthTo(2)],
    );
    await erase(one, annotationId);
    await put(two, annotationId, 3);
    assert.deepEqual(
      (await enter(one)).annotations.map((line) => line.shape),
      [lengthTo(3)],
    );
  });

  it('[AN2] drawn quickly in one window stay in the order they were drawn', async () => {
    const one = await inReview(doctor);
    const annotationId = randomUUID();
    await Promise.all(Array.from({ length: 25 }, (_, x) => put(one, annotationId, x)));
    assert.deepEqual((await enter(one)).annotations[0]?.shape, lengthTo(24));
  });

  it('[AN3] leave a tombstone when deleted, once; what never was is not found', async () => {
    const [one, two] = [await inReview(doctor), await inReview(specialist)];
    const annotationId = randomUUID();
    await put(one, annotationId, 1);
    const deleted = await erase(one, annotationId);
    assert.deepEqual(await erase(one, annotationId), deleted);
    const tombstone = await two.next('annotation:changed', (line) => line.shape === null);
    assert.deepEqual([tombstone.annotationId, tombstone.revision], [annotationId, deleted.revision]);
    const snapshot = await enter(one, 1);
    assert.deepEqual([snapshot.revision, snapshot.annotations.map((line) => line.shape)], [2, [null]]);
    assert.equal(await codeOf(erase(one, randomUUID())), 'not-found');
  });

  it('[AN4] bear the session’s author, whatever the message says', async () => {
    const [one, two] = [await inReview(doctor), await inReview(specialist)];
    const forged = {
      consultationId,
      annotationId: randomUUID(),
      target,
      shape: lengthTo(1),
      authorName: '陈致远',
      revision: 99,
    };
    await one.request('annotation:put', forged);
    const told = await two.next('annotation:changed');
    assert.deepEqual([told.authorName, told.revision], ['李春梅', 1]);
  });

  it('[AN6] are closed once the report is signed, and stay to be seen', async () => {
    ({ consultationId } = await acceptWritten(doctor, specialist));
    const one = await inReview(doctor);
    const annotationId = randomUUID();
    await put(one, annotationId, 1);
    const params = { consultationId };
    const { version } = await specialist.call('opinion:save', {
      params,
      body: {
        findings: '见结节',
        diagnosis: [{ code: 'R91', display: '肺结节' }],
        recommendations: [],
        keyImages: [],
        version: 0,
      },
    });
    await specialist.call('report:sign', { params, body: { version, password: 'huizhen-demo' } });
    assert.equal(await codeOf(put(one, annotationId, 2)), 'conflict');
    assert.equal(await codeOf(erase(one, annotationId)), 'conflict');
    assert.deepEqual(
      (await enter(one)).annotations.map((line) => line.shape),
      [lengthTo(1)],
    );
  });

  it('[RV1] heal by revision: two windows that lose their line at random show the same board in the end', async function () {
    this.timeout(180_000);
    for (const seed of [1, 2, 3]) {
      const random = createRandom(seed);
      ({ consultationId } = await acceptCase(doctor, specialist));
      const people = [doctor, specialist];
      const boards = people.map(() => ({ known: new Map<string, Annotation>(), revision: 0 }));
      const windows: Connection[] = [];
      const take = (index: number, changes: Annotation[]): void => {
        for (const change of changes) {
          const known = boards[index]?.known.get(change.annotationId);
          if (!known || known.revision < change.revision) boards[index]?.known.set(change.annotationId, change);
        }
      };
      const come = async (index: number): Promise<void> => {
        const [person, board] = [people[index], boards[index]];
        assert.ok(person && board);
        const connection = await connect(server.url, person.cookie);
        open.push(connection);
        windows[index] = connection;
        connection.socket.on('annotation:changed', (change) => take(index, [change]));
        const snapshot = await enter(connection, board.revision);
        take(index, snapshot.annotations);
        board.revision = snapshot.revision;
      };
      await Promise.all([come(0), come(1)]);
      const ids = people.map(() => Array.from({ length: 3 }, () => randomUUID()));
      for (let count = 0; count < 60; count += 1) {
        const index = random.below(2);
        const connection = windows[index];
        assert.ok(connection);
        const roll = random.next();
        if (roll < 0.12) {
          connection.close();
          await come(index);
        } else if (roll < 0.3) await codeOf(erase(connection, random.pick(ids.flat())));
        else await put(connection, random.pick(ids[index] ?? []), random.below(1000));
      }
      await Promise.all([come(0), come(1)]);
      const shown = boards.map(({ known }) =>
        [...known.values()].map((line) => [line.annotationId, line.revision, line.shape]).sort(),
      );
      assert.deepEqual(shown[0], shown[1], `seed ${seed}`);
      const stored = await server.database.read.review.listAnnotationsSince(consultationId, 0);
      assert.deepEqual(
        shown[0],
        stored.map((line) => [line.annotationId, line.revision, line.shape]).sort(),
        `seed ${seed}`,
      );
    }
  });
});
