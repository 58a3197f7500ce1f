import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { acceptCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { type Connection, connect, SocketRefusedError } from '../../support/connect.ts';
import { lengthTo, target } from '../../support/review-moves.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('whose a mark is, and taking back what one did', () => {
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  let consultationId: string;
  let one: Connection;
  let two: Connection;
  const open: Connection[] = [];
  const enter = (connection: Connection) => connection.request('review:open', { consultationId, sinceRevision: 0 });
  const inReview = async (client: Client): Promise<Connection> => {
    const connection = await connect(server.url, client.cookie);
    open.push(connection);
    await enter(connection);
    return connection;
  };
  const put = (connection: Connection, annotationId: string, x: number, actId: string = randomUUID()) =>
    connection.request('annotation:put', { consultationId, annotationId, target, shape: lengthTo(x), actId });
  const erase = (connection: Connection, annotationId: string, actId: string = randomUUID()) =>
    connection.request('annotation:delete', { consultationId, annotationId, actId });
  const step = (connection: Connection, direction: 'undo' | 'redo', actId: string) =>
    connection.request(`annotation:${direction}`, { consultationId, actId });
  const refusal = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'ok',
      (error: unknown) => {
        assert.ok(error instanceof SocketRefusedError, String(error));
        return `${error.failure.code} ${error.failure.reason ?? ''}`.trim();
      },
    );
  const shapes = async (connection: Connection) =>
    (await enter(connection)).annotations.map(({ shape, authorName }) => [shape && authorName, shape]);

  before(async function () {
    this.timeout(180_000);
    server = await startServer();
    [doctor, specialist] = await Promise.all([server.signIn('county-doctor'), server.signIn('specialist')]);
  });
  beforeEach(async () => {
    ({ consultationId } = await acceptCase(doctor, specialist));
    [one, two] = [await inReview(doctor), await inReview(specialist)];
  });
  afterEach(() => {
    for (const connection of open.splice(0)) connection.close();
  });
  after(() => server?.close());

  it('[AN7] a colleague’s mark is altered by nobody, and deleted only by whoever presents; its author may put it back', async () => {
    const annotationId = randomUUID();
    await put(one, annotationId, 1);
    assert.equal(await refusal(put(two, annotationId, 2)), 'forbidden not-author');
    assert.equal(await refusal(erase(two, annotationId)), 'forbidden not-author');
    await two.request('presenter:ask', { consultationId });
    assert.equal(await refusal(put(two, annotationId, 2)), 'forbidden not-author', 'presenting alters nothing');
    await erase(two, annotationId);
    const told = await one.next('annotation:changed', ({ shape }) => shape === null);
    assert.deepEqual([told.authorName, told.changedByName], ['李春梅', '陈致远'], 'whose it was, and who deleted it');
    assert.equal(await refusal(put(two, annotationId, 2)), 'forbidden not-author', 'a tombstone has an author too');
    await put(one, annotationId, 1);
    assert.deepEqual(await shapes(two), [['李春梅', lengthTo(1)]]);
  });

  it('[AN8] one’s own acts are taken back and done again, one by one, by another window after a reload too', async () => {
    const annotationId = randomUUID();
    await put(one, annotationId, 1);
    await put(one, annotationId, 2);
    await erase(one, annotationId);
    one.close();
    const back = await inReview(doctor);
    const { acts } = await enter(back);
    assert.deepEqual(
      acts.map(({ before, after, undone }) => [before, after, undone]),
      [
        [null, lengthTo(1), false],
        [lengthTo(1), lengthTo(2), false],
        [lengthTo(2), null, false],
      ],
    );
    const [drawn, moved, deleted] = acts.map(({ actId }) => actId);
    assert.ok(drawn && moved && deleted);
    for (const [actId, wanted] of [
      [deleted, [['李春梅', lengthTo(2)]]],
      [moved, [['李春梅', lengthTo(1)]]],
      [drawn, [[null, null]]],
    ] as const) {
      await step(back, 'undo', actId);
      assert.deepEqual(await shapes(two), wanted);
    }
    for (const actId of [drawn, moved]) await step(back, 'redo', actId);
    assert.deepEqual(await shapes(two), [['李春梅', lengthTo(2)]]);
    assert.deepEqual(
      (await enter(back)).acts.map(({ undone }) => undone),
      [false, false, true],
    );
    await put(back, randomUUID(), 5);
    assert.equal((await enter(back)).acts.length, 3, 'what was taken back goes once something new is done');
    assert.deepEqual((await enter(two)).acts, [], 'acts are told to their maker alone');
  });

  it('[AN8] nobody takes back what somebody else did', async () => {
    const actId = randomUUID();
    await put(one, randomUUID(), 1, actId);
    assert.equal(await refusal(step(two, 'undo', actId)), 'not-found');
    assert.equal(await refusal(step(one, 'undo', randomUUID())), 'not-found');
  });

  it('[AN8] a presenter who takes a deletion back gives the mark back to its author', async () => {
    const [annotationId, actId] = [randomUUID(), randomUUID()];
    await put(one, annotationId, 1);
    await two.request('presenter:ask', { consultationId });
    await erase(two, annotationId, actId);
    await step(two, 'undo', actId);
    assert.deepEqual(await shapes(one), [['李春梅', lengthTo(1)]]);
    await two.request('review:close', { consultationId });
    assert.equal(await refusal(step(two, 'redo', actId)), 'forbidden not-author', 'who does not present any more');
  });

  it('[AN9] what has changed since is not taken back', async () => {
    const [annotationId, actId] = [randomUUID(), randomUUID()];
    await put(one, annotationId, 1, actId);
    await two.request('presenter:ask', { consultationId });
    await erase(two, annotationId);
    assert.equal(await refusal(step(one, 'undo', actId)), 'conflict annotation-changed');
    assert.deepEqual(await shapes(one), [[null, null]]);
  });

  it('[AN10] an act that is sent again, because its answer was lost, is done and told once', async () => {
    const [annotationId, drawn, deleted] = [randomUUID(), randomUUID(), randomUUID()];
    const first = await put(one, annotationId, 1, drawn);
    assert.deepEqual(await put(one, annotationId, 1, drawn), first);
    await erase(one, annotationId, deleted);
    const undone = await step(one, 'undo', deleted);
    assert.deepEqual(await step(one, 'undo', deleted), undone);
    assert.deepEqual((await enter(two)).revision, 3);
    for (const revision of [1, 2, 3]) assert.equal((await two.next('annotation:changed')).revision, revision);
    assert.deepEqual(two.pending('annotation:changed'), []);
  });
});
