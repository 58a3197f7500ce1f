import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { acceptCase, acceptWritten, draftCase, submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { type Connection, connect, SocketRefusedError } from '../../support/connect.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('the conversation of a case', () => {
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  const open: Connection[] = [];
  const window = async (client: Client): Promise<Connection> => {
    const connection = await connect(server.url, client.cookie);
    open.push(connection);
    return connection;
  };
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
  afterEach(() => {
    for (const connection of open.splice(0)) connection.close();
  });
  after(() => server?.close());

  it('[CH1] keeps a line once that a bad line sent twice, and answers both times alike', async () => {
    const { consultationId } = await acceptCase(doctor, specialist);
    const [writer, reader] = [await window(doctor), await window(specialist)];
    const post = { consultationId, messageId: randomUUID(), text: ' 请看右肺下叶 ' };
    const [one, two] = await Promise.all([writer.request('chat:post', post), writer.request('chat:post', post)]);
    assert.deepEqual(one, two);
    assert.deepEqual([one.text, one.sequence, one.authorName], ['请看右肺下叶', 1, '李春梅']);
    assert.deepEqual(await reader.next('chat:posted'), one);
    assert.deepEqual(await reader.request('chat:since', { consultationId, afterSequence: 0 }), [one]);
    assert.deepEqual(reader.pending('chat:posted'), []);
    assert.equal(await codeOf(reader.request('chat:post', post)), 'conflict', 'another person’s message id');
  });

  it('[CH2] counts without gaps, however many write at once, and gives what a lost line missed', async () => {
    const { consultationId } = await acceptCase(doctor, specialist);
    const writers = [await window(doctor), await window(specialist)];
    const sent = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        writers[index % 2]?.request('chat:post', { consultationId, messageId: randomUUID(), text: `第 ${index} 句` }),
      ),
    );
    const all = await writers[0]?.request('chat:since', { consultationId, afterSequence: 0 });
    assert.deepEqual(
      all?.map((line) => line.sequence),
      Array.from({ length: 30 }, (_, index) => index + 1),
    );
    assert.equal(new Set(sent.map((line) => line?.sequence)).size, 30);
    const missed = await writers[1]?.request('chat:since', { consultationId, afterSequence: 27 });
    assert.deepEqual(
      missed?.map((line) => line.sequence),
      [28, 29, 30],
    );
    const own = sent.filter((_, index) => index % 2 === 0).map((line) => line?.sequence ?? 0);
    assert.deepEqual(
      own,
      own.toSorted((a, b) => a - b),
      'one window’s lines stay in its order',
    );
  });

  it('[CH3] reaches all windows of everyone in the case, but the one that wrote', async () => {
    const { consultationId } = await submitCase(doctor);
    const [writer, sameDoctor, reader, stranger] = [
      await window(doctor),
      await window(doctor),
      await window(specialist),
      await window(await server.signIn('surgeon')),
    ];
    const line = await writer.request('chat:post', { consultationId, messageId: randomUUID(), text: '已补充病史' });
    for (const connection of [sameDoctor, reader]) assert.deepEqual(await connection.next('chat:posted'), line);
    assert.deepEqual(writer.pending('chat:posted'), []);
    assert.deepEqual(stranger.pending('chat:posted'), []);
  });

  it('[CH4] opens with the submission and closes with the acknowledgement, and stays readable', async () => {
    const writer = await window(doctor);
    const draft = await draftCase(doctor);
    const post = (consultationId: string) =>
      writer.request('chat:post', { consultationId, messageId: randomUUID(), text: '您好' });
    assert.equal(await codeOf(post(draft.consultationId)), 'conflict');
    const { consultationId } = await acceptWritten(doctor, specialist);
    const params = { consultationId };
    await post(consultationId);
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
    await post(consultationId);
    await doctor.call('report:acknowledge', { params, body: { version: 1, adoptions: [] } });
    assert.equal(await codeOf(post(consultationId)), 'conflict');
    assert.equal((await writer.request('chat:since', { consultationId, afterSequence: 0 })).length, 2);
  });
});
