import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createAdmission } from '../../sfu/admission.ts';
import { requests } from '../../sfu/contract/messages.ts';
import { connectSfu, type SfuClient, tokenFor } from '../support/sfu-client.ts';
import { type RunningSfu, startSfu } from '../support/start-sfu.ts';

describe('messages to the sfu', () => {
  let sfu: RunningSfu;
  let client: SfuClient;
  const roomId = randomUUID();
  before(async () => {
    sfu = await startSfu();
  });
  after(() => sfu.close());
  beforeEach(async () => {
    client = await connectSfu(sfu.url, tokenFor(roomId, sfu.secret));
  });
  afterEach(() => client.close());

  async function failureOf(name: string, input: unknown) {
    const reply = await client.askRaw(name, input);
    assert.ok(!reply.ok, `${name} was accepted`);
    return reply.failure;
  }

  it('[SF6] an unknown request is answered, not ignored', async () => {
    for (const name of ['room:destroy', 'constructor', '__proto__', 'toString'])
      assert.equal((await failureOf(name, {})).code, 'invalid-message');
  });

  it('[SF6] a malformed request names the field at fault and leaves the peer in the room', async () => {
    const { recvTransport } = await client.join();
    const failure = await failureOf('producer:create', {
      source: 'video',
      rtpParameters: { codecs: 7 },
      paused: false,
    });
    assert.equal(failure.code, 'invalid-message');
    assert.deepEqual(failure.fields, ['rtpParameters.codecs']);
    for (const input of [null, 7, 'text', [], {}, { transportId: 'nonsense' }])
      assert.equal((await failureOf('transport:restart-ice', input)).code, 'invalid-message');
    await client.get('transport:restart-ice', { transportId: recvTransport.transportId });
  });

  it('[SF6] parameters of the right form that mediasoup refuses are the sender’s fault, not a crash', async () => {
    await client.join();
    const codec = { mimeType: 'video/VP8', payloadType: 96, clockRate: 90000 };
    const nonsense = [
      { codecs: [{ ...codec, mimeType: 'video/unknown' }], encodings: [{ ssrc: 1 }] },
      { codecs: [{ ...codec, clockRate: 7 }], encodings: [{ ssrc: 1 }] },
      { codecs: [codec], encodings: [] },
    ];
    for (const rtpParameters of nonsense) {
      const failure = await failureOf('producer:create', { source: 'video', rtpParameters, paused: false });
      assert.deepEqual([failure.code, failure.fields], ['invalid-message', ['rtpParameters']]);
    }
    assert.deepEqual(await sfu.sfu.health(), { workers: 1 });
  });

  it('[SF7] a message of a megabyte ends the connection of its sender only', async () => {
    const other = await connectSfu(sfu.url, tokenFor(roomId, sfu.secret));
    const { recvTransport } = await other.join();
    const sessionId = randomUUID();
    const before = await client.join(sessionId);
    client.socket.emit('room:join', { sessionId: 'x'.repeat(1_000_000) });
    await client.disconnected();
    await other.next('peer:away', ({ peerId }) => peerId === before.peerId);
    await other.get('transport:restart-ice', { transportId: recvTransport.transportId });
    other.close();
  });

  it('[SF8] a flood is answered rate-limited while others are served', async () => {
    const replies = await Promise.all(Array.from({ length: 600 }, () => client.askRaw('room:look', {})));
    const failures = replies.flatMap((reply) => (reply.ok ? [] : [reply.failure]));
    assert.ok(failures.length > 0 && failures.length <= 200, `${failures.length} of 600 refused`);
    for (const failure of failures) assert.deepEqual([failure.code, failure.retryAfterS], ['rate-limited', 1]);
    const other = await connectSfu(sfu.url, tokenFor(roomId, sfu.secret));
    await other.join();
    other.close();
  });

  it('[SF8] the budget fills up again with time', () => {
    let now = 0;
    const admit = createAdmission(() => now);
    for (let message = 0; message < 400; message += 1) admit();
    assert.throws(admit, { code: 'rate-limited' });
    now += 500;
    for (let message = 0; message < 20; message += 1) admit();
    assert.throws(admit, { code: 'rate-limited' });
  });

  it('[SF9] nothing but looking and joining is possible before the join, and after the leave', async () => {
    const id = randomUUID();
    const dtlsParameters = {
      fingerprints: [{ algorithm: 'sha-256' as const, value: `${'AB:'.repeat(31)}AB` }],
    };
    const rtpParameters = { codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48000 }] };
    const inputs: Record<string, unknown> = {
      'capabilities:declare': { rtpCapabilities: {} },
      'transport:connect': { transportId: id, dtlsParameters },
      'transport:restart-ice': { transportId: id },
      'producer:create': { source: 'audio', rtpParameters, paused: false },
      'consumer:set-preferred-layers': { consumerId: id, layers: { spatialLayer: 0 } },
      'consumer:set-priority': { consumerId: id, priority: 1 },
      'hall:cut': { picture: true, sound: true },
      'hall:resume': { number: 0, picture: true, sound: true },
    };
    const others = Object.keys(requests).filter((name) => name !== 'room:join' && name !== 'room:look');
    const allRefused = async () => {
      for (const name of others) {
        const input = inputs[name] ?? { producerId: id, consumerId: id };
        assert.equal((await failureOf(name, input)).code, 'conflict', name);
      }
    };
    await allRefused();
    await client.join();
    await client.get('room:leave', {});
    await allRefused();
  });

  it('[SF9] one connection joins once', async () => {
    const [first, second] = await Promise.all([
      client.ask('room:join', { sessionId: randomUUID(), resume: false }),
      client.ask('room:join', { sessionId: randomUUID(), resume: false }),
    ]);
    assert.ok(first.ok && !second.ok);
    assert.equal(second.failure.code, 'conflict');
  });

  it('[SF10] what a client claims about itself is not believed', async () => {
    const room = randomUUID();
    const watcher = await connectSfu(sfu.url, tokenFor(room, sfu.secret));
    await watcher.join();
    const accountId = randomUUID();
    const liar = await connectSfu(
      sfu.url,
      tokenFor(room, sfu.secret, { accountId, displayName: '赵医生', mayPublish: [] }),
    );
    await liar.askRaw('room:join', {
      sessionId: randomUUID(),
      resume: false,
      accountId: randomUUID(),
      displayName: '院长',
      mayPublish: ['audio'],
    });
    const seen = await watcher.next('peer:joined');
    assert.deepEqual([seen.accountId, seen.displayName, seen.role], [accountId, '赵医生', 'physician']);
    watcher.close();
    liar.close();
  });
});
