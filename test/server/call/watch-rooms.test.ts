import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { hallGrant } from '../../support/hall-world.ts';
import { connectSfu, tokenFor } from '../../support/sfu-client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

/** The rooms are looked at each second. */
const TWO_LOOKS_MS = 2_500;

describe('who is in the rooms of the sfu', () => {
  let server: RunningServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  it('stays in a hall, which is no case’s, while signed in; a room of no call is ended', async () => {
    const doctor = await server.signIn('county-doctor');
    const [{ sessionId: signInId = '' } = {}] = await doctor.call('own-sessions:list');
    const enter = async (grant: object) => {
      const client = await connectSfu(
        server.url,
        tokenFor(randomUUID(), server.roomTokenSecret, { signInId, ...grant }),
      );
      await client.join();
      return client;
    };
    const [hall, room] = [await enter(hallGrant('audience')), await enter({})];
    await room.next('room:ended');
    await sleep(TWO_LOOKS_MS);
    assert.ok(hall.socket.connected);
    await doctor.call('session:close');
    await hall.next('peer:removed');
    for (const client of [hall, room]) client.close();
  });
});
