import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { io } from 'socket.io-client';
import { CONTRACT_VERSION, type FailureView } from '../../../server/contract/index.ts';
import { MAX_MESSAGE_BYTES } from '../../../server/realtime/socket-server.ts';
import { submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { type Connection, type ConnectOptions, connect } from '../../support/connect.ts';
import { eventually } from '../../support/eventually.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('the socket', () => {
  let server: RunningServer;
  let doctor: Client;
  const open: Connection[] = [];
  const connected = async (client: Client, options?: ConnectOptions): Promise<Connection> => {
    const connection = await connect(server.url, client.cookie, options);
    open.push(connection);
    return connection;
  };

  before(async function () {
    this.timeout(180_000);
    server = await startServer();
    doctor = await server.signIn('county-doctor');
  });
  afterEach(() => {
    for (const connection of open.splice(0)) connection.close();
  });
  after(() => server?.close());

  const refusal = async (cookie: string, options: ConnectOptions = {}): Promise<string> => {
    try {
      (await connect(server.url, cookie, options)).close();
      return 'connected';
    } catch (error) {
      const { code, reason } = (error as { data: FailureView }).data;
      return [code, reason].filter(Boolean).join('/');
    }
  };

  it('[RT1] opens for nobody without a session', async () => {
    assert.equal(await refusal(''), 'unauthenticated');
    assert.equal(await refusal('huizhen=abcdefghijklmnopqrstuvwxyz0123456789'), 'unauthenticated');
    assert.equal(await refusal(doctor.cookie), 'connected');
  });

  it('[RT1] opens for a machine client by its token', async () => {
    const { token } = await doctor.call('token:mint', { body: { account: 'specialist', password: 'huizhen-demo' } });
    const socket = io(server.url, {
      auth: { contractVersion: CONTRACT_VERSION },
      extraHeaders: { authorization: `Bearer ${token}` },
      transports: ['websocket'],
      forceNew: true,
    });
    await once(socket as never, 'connect');
    socket.disconnect();
  });

  it('[RT11] opens no more than twenty times for one session, one after the other or all at once, and again after some are closed', async () => {
    const client = await server.signIn('surgeon');
    const tried = await Promise.allSettled(Array.from({ length: 40 }, () => connected(client)));
    const opened = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await eventually('twenty', () => opened.filter(({ socket }) => socket.connected).length <= 20);
    assert.ok(opened.some(({ socket }) => socket.connected));
    const inUse = opened.filter(({ socket }) => socket.connected);
    while (inUse.length < 20) inUse.push(await connected(client));
    assert.equal(await refusal(client.cookie), 'rate-limited/too-many-windows');
    assert.equal(await refusal(doctor.cookie), 'connected', 'of another session');
    inUse[0]?.close();
    await eventually('a free place', async () => (await refusal(client.cookie)) === 'connected');
  });

  it('[RT2] tells a client of another version so', async () => {
    assert.equal(await refusal(doctor.cookie, { contractVersion: CONTRACT_VERSION + 1 }), 'version-mismatch');
  });

  it('[RT3] does not open for a page of another site', async () => {
    for (const origin of ['https://elsewhere.example', server.url.replace('http:', 'https:')])
      assert.equal(await refusal(doctor.cookie, { origin }), 'forbidden/cross-site', origin);
    assert.equal(await refusal(doctor.cookie, { origin: server.url }), 'connected');
  });

  it('[RT4] answers malformed and unknown messages, names the fields, and lives on', async () => {
    const { consultationId } = await submitCase(doctor);
    const connection = await connected(doctor);
    const failureOf = async (name: string, ...args: unknown[]) => {
      const answer = await connection.ask(name, ...args);
      assert.equal(answer.ok, false, name);
      return answer.ok ? undefined : answer.failure;
    };
    const malformed = await failureOf('review:open', { consultationId: 'not an id', sinceRevision: -1 });
    assert.deepEqual([malformed?.code, malformed?.fields], ['invalid-message', ['consultationId', 'sinceRevision']]);
    for (const [name, ...args] of [
      ['review:open'],
      ['review:open', null],
      ['review:open', 'text'],
      ['chat:post', { consultationId, messageId: consultationId, text: ' ' }],
      ['annotation:put', { consultationId, annotationId: consultationId, target: {}, shape: { kind: 'circle' } }],
      ['viewport:move', { consultationId, viewport: { center: { x: Number.NaN } } }],
      ['no:such', {}],
      ['__proto__', {}],
      ['constructor', {}],
    ] as [string, ...unknown[]][])
      assert.equal((await failureOf(name, ...args))?.code, 'invalid-message', name);
    connection.socket.emit('review:open', 'no acknowledgement asked for' as never, undefined as never);
    const snapshot = await connection.request('review:open', { consultationId, sinceRevision: 0 });
    assert.equal(snapshot.peerId, connection.socket.id);
  });

  it('[RT5] is closed by an oversized message, and nobody else is', async () => {
    const { consultationId } = await submitCase(doctor);
    const clumsy = await connected(doctor);
    const other = await connected(doctor);
    const closed = once(clumsy.socket as never, 'disconnect');
    clumsy.socket.emit(
      'chat:post',
      {
        consultationId,
        messageId: consultationId,
        text: 'x'.repeat(MAX_MESSAGE_BYTES),
      } as never,
      (() => undefined) as never,
    );
    await closed;
    assert.deepEqual(await other.request('chat:since', { consultationId, afterSequence: 0 }), []);
    assert.equal((await connected(doctor)).socket.connected, true, 'and may come back');
  });

  it('[RT6] slows down whoever sends without end, and goes on afterwards', async () => {
    const { consultationId } = await submitCase(doctor);
    const connection = await connected(doctor);
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => connection.ask('chat:since', { consultationId, afterSequence: 0 })),
    );
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.failure.code]));
    assert.ok(refused.length >= 20, `${refused.length} were refused`);
    assert.deepEqual(new Set(refused), new Set(['rate-limited']));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual(await connection.request('chat:since', { consultationId, afterSequence: 0 }), []);
  });

  it('[RT7] is told and closed when the person signs out, in every window of that session and no other', async () => {
    const session = await server.signIn('county-doctor');
    const [first, second, other] = [await connected(session), await connected(session), await connected(doctor)];
    const gone = [first, second].map(async (connection) => {
      const closed = once(connection.socket as never, 'disconnect');
      assert.deepEqual(await connection.next('session:ended'), { reason: 'signed-out' });
      await closed;
    });
    await session.call('session:close');
    await Promise.all(gone);
    assert.equal(other.socket.connected, true);
    assert.equal(await refusal(session.cookie), 'unauthenticated');
  });

  it('[RT7] is told and closed when the session ends in the moment in which it is let in', async () => {
    const session = await server.signIn('county-doctor');
    const { accounts } = server.database.read;
    const find = accounts.findSession;
    // After it was found good, and before the window hears what its session's windows are told.
    accounts.findSession = async (by) => {
      const found = await find(by);
      if (found && 'secretHash' in by) {
        accounts.findSession = find;
        await server.database.write((stores) => stores.accounts.deleteSession(found.sessionId));
      }
      return found;
    };
    const window = await connected(session);
    const closed = window.socket.connected ? once(window.socket as never, 'disconnect') : undefined;
    assert.deepEqual(await window.next('session:ended'), { reason: 'switched' });
    await closed;
  });

  it('[RT13] is told and closed where its page is shown in another appointment than its session acts in', async () => {
    const { appointmentId } = await doctor.call('session:read');
    const same = await connected(doctor, { appointmentId });
    const other = await connected(doctor, { appointmentId: randomUUID() });
    await eventually('it is closed', () => !other.socket.connected);
    assert.deepEqual([other.pending('session:ended'), same.pending('session:ended')], [[{ reason: 'switched' }], []]);
    assert.equal(same.socket.connected, true);
  });

  it('[CO2] a stranger’s requests about a case find nothing', async () => {
    const { consultationId } = await submitCase(doctor);
    const surgeon = await connected(await server.signIn('surgeon'));
    const target = { kind: 'imaging', studyInstanceUid: '1', seriesInstanceUid: '2', sopInstanceUid: '3', frame: 1 };
    const shape = { kind: 'length', start: { x: 0, y: 0 }, end: { x: 1, y: 1 } };
    for (const [name, input] of [
      ['review:open', { consultationId, sinceRevision: 0 }],
      ['presenter:ask', { consultationId }],
      ['presenter:answer', { consultationId, accountId: consultationId, grant: true }],
      ['pointer:move', { consultationId, target, point: null }],
      ['quality:report', { consultationId, quality: { target, state: 'full', loadedFrames: 1, totalFrames: 1 } }],
      ['annotation:put', { consultationId, annotationId: consultationId, target, shape }],
      ['annotation:delete', { consultationId, annotationId: consultationId }],
      ['chat:post', { consultationId, messageId: consultationId, text: 'hello' }],
      ['chat:since', { consultationId, afterSequence: 0 }],
    ] as [string, object][]) {
      const answer = await surgeon.ask(name, input);
      assert.equal(answer.ok ? 'ok' : answer.failure.code, 'not-found', name);
    }
  });
});
