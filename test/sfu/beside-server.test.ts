import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connectSfu, tokenFor } from '../support/sfu-client.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';

describe('the sfu on the server’s own port', () => {
  let server: RunningServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  for (const transports of [['websocket'], ['polling']])
    it(`people enter a room by ${transports}`, async () => {
      const token = tokenFor(randomUUID(), server.roomTokenSecret);
      const client = await connectSfu(server.url, token, undefined, transports);
      assert.deepEqual((await client.join()).peers, []);
      client.close();
    });

  it('a stray request to a socket’s path is answered once, and the server lives on', async () => {
    for (const path of ['/sfu/socket.io/', '/sfu/socket.io/?EIO=4&transport=polling&sid=nobody', '/socket.io/?EIO=3'])
      assert.equal((await fetch(server.url + path)).status, 400);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  });

  it('the private control is not reachable on it', async () => {
    const response = await fetch(`${server.url}/sfu/rooms/${randomUUID()}`, { method: 'DELETE' });
    assert.ok([401, 403, 404].includes(response.status));
  });
});
