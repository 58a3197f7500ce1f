import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { FailureView } from '../../server/contract/failure-view.ts';
import { SFU_CONTRACT_VERSION } from '../../sfu/contract/version.ts';
import { connectSfu, tokenFor } from '../support/sfu-client.ts';
import { type RunningSfu, startSfu } from '../support/start-sfu.ts';

describe('connecting to the sfu', () => {
  let sfu: RunningSfu;
  before(async () => {
    sfu = await startSfu();
  });
  after(() => sfu.close());

  async function refusal(token: string, auth?: Record<string, unknown>): Promise<FailureView> {
    try {
      const client = await connectSfu(sfu.url, token, auth);
      client.close();
    } catch (error) {
      return (error as { data: FailureView }).data;
    }
    return assert.fail('the connection was let in');
  }

  it('[SF1] a forged, foreign or missing token is told apart from an expired one', async () => {
    const forged = tokenFor(randomUUID(), 'not the secret of this network');
    for (const token of [forged, 'nonsense', '']) {
      const failure = await refusal(token);
      assert.equal(failure.code, 'unauthenticated');
      assert.equal(failure.reason, 'token-invalid');
      assert.ok(failure.requestId);
    }
  });

  it('[SF1] a handshake that is no handshake is refused and the sfu lives on', async () => {
    const token = tokenFor(randomUUID(), sfu.secret);
    assert.equal((await refusal(token, {})).reason, 'token-invalid');
    assert.equal((await refusal(token, { contractVersion: 'one' })).reason, 'token-invalid');
    assert.equal((await refusal('x'.repeat(5000))).reason, 'token-invalid');
    assert.deepEqual(await sfu.sfu.health(), { workers: 1 });
  });

  it('[SF2] an expired token is refused as expired', async () => {
    const expiresAt = new Date(Date.now() - 1000).toISOString();
    const failure = await refusal(tokenFor(randomUUID(), sfu.secret, { expiresAt }));
    assert.deepEqual([failure.code, failure.reason], ['unauthenticated', 'token-expired']);
  });

  it('[SF2] who is in stays in when the token runs out', async () => {
    const expiresAt = new Date(Date.now() + 1500).toISOString();
    const client = await connectSfu(sfu.url, tokenFor(randomUUID(), sfu.secret, { expiresAt }));
    const { recvTransport } = await client.join();
    await new Promise((resolve) => setTimeout(resolve, Date.parse(expiresAt) - Date.now() + 50));
    await client.get('transport:restart-ice', { transportId: recvTransport.transportId });
    client.close();
  });

  it('[SF3] a client of another version is told to reload', async () => {
    const token = tokenFor(randomUUID(), sfu.secret);
    const failure = await refusal(token, { contractVersion: SFU_CONTRACT_VERSION + 1 });
    assert.equal(failure.code, 'version-mismatch');
  });

  it('[SF4] a token for one room neither sees nor hears another', async () => {
    const a = await connectSfu(sfu.url, tokenFor(randomUUID(), sfu.secret));
    const b = await connectSfu(sfu.url, tokenFor(randomUUID(), sfu.secret));
    const joinedA = await a.join();
    const joinedB = await b.join();
    assert.deepEqual(joinedB.peers, []);
    const reply = await b.ask('transport:restart-ice', { transportId: joinedA.recvTransport.transportId });
    assert.equal(!reply.ok && reply.failure.code, 'not-found');
    await b.get('room:leave', {});
    // An answer of A's own comes after whatever B's coming and going had sent it.
    await a.get('transport:restart-ice', { transportId: joinedA.recvTransport.transportId });
    assert.deepEqual(a.heard, []);
    assert.notEqual(joinedA.peerId, joinedB.peerId);
    a.close();
    b.close();
  });

  it('[SF35] one person cannot take up all connections', async () => {
    const token = tokenFor(randomUUID(), sfu.secret);
    const own = await Promise.all(Array.from({ length: 16 }, () => connectSfu(sfu.url, token)));
    await assert.rejects(connectSfu(sfu.url, token), (error: Error & { data?: { code?: string } }) => {
      return error.data?.code === 'rate-limited';
    });
    const other = await connectSfu(sfu.url, tokenFor(randomUUID(), sfu.secret));
    own[0]?.close();
    for (const client of [...own, other]) client.close();
  });

  it('[SF5] a token from before the end of its room opens it no more, a later one does', async () => {
    const roomId = randomUUID();
    const early = tokenFor(roomId, sfu.secret, { issuedAt: new Date(Date.now() - 1000).toISOString() });
    await sfu.sfu.endRoom(roomId);
    const late = await connectSfu(sfu.url, early);
    const reply = await late.ask('room:join', { sessionId: randomUUID(), resume: false });
    assert.ok(!reply.ok);
    assert.deepEqual([reply.failure.code, reply.failure.reason], ['conflict', 'room-closed']);
    const again = await connectSfu(
      sfu.url,
      tokenFor(roomId, sfu.secret, { issuedAt: new Date(Date.now() + 1000).toISOString() }),
    );
    assert.deepEqual((await again.join()).peers, []);
    late.close();
    again.close();
  });
});
