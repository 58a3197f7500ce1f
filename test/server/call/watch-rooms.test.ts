import { randomUUID } from 'node:crypto';
import { hallGrant } from '../../support/hall-world.ts';
import { connectSfu, tokenFor } from '../../support/sfu-client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('who is in the rooms of the sfu', () => {
  let server: RunningServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  it('goes where the room is no call’s, and the hall no demonstration’s', async () => {
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
    await Promise.all([hall.next('room:ended'), room.next('room:ended')]);
    for (const client of [hall, room]) client.close();
  });
});
