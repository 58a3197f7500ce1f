import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { meetCase } from './case-journey.ts';
import type { Client } from './client.ts';
import { type Connection, connect } from './connect.ts';
import { eventually } from './eventually.ts';
import { startFakeDevice } from './fake-device.ts';
import { connectSfu, type SfuClient } from './sfu-client.ts';
import type { RunningServer } from './start-server.ts';

/** The specialist sends a picture; the physician is there with everything that a browser opens: cookie, socket, ticket, media. */
export interface Presence {
  doctor: Client;
  consultationId: string;
  socket: Connection;
  sfu: SfuClient;
  /** The physician is out of everything, and the old ticket lets nobody in. `cookie`: whether HTTP is closed as well. */
  isOut(cookie: 'closed' | 'open'): Promise<void>;
  close(): void;
}

/** @param at where the physician's windows are connected, if not where they signed in */
export async function comePresent(
  server: RunningServer,
  sfuUrl: string,
  at: RunningServer = server,
): Promise<Presence> {
  const [doctor, specialist] = await Promise.all([server.signIn('county-doctor'), server.signIn('specialist')]);
  const { consultationId } = await meetCase(doctor, specialist);
  const params = { consultationId };
  const enter = async (client: Client) => {
    const { token } = await client.call('call:ticket', { params });
    return { token, sfu: await connectSfu(sfuUrl, token) };
  };
  const other = await enter(specialist);
  await (await startFakeDevice(other.sfu, await other.sfu.join())).publish('video');
  const own = await enter(doctor);
  const device = await startFakeDevice(own.sfu, await own.sfu.join());
  const { id: producerId } = await device.publish('audio');
  const socket = await connect(at.url, doctor.cookie);
  await socket.request('review:open', { consultationId, sinceRevision: 0 });
  return {
    doctor,
    consultationId,
    socket,
    sfu: own.sfu,
    async isOut(cookie) {
      await own.sfu.next('peer:removed');
      await own.sfu.disconnected();
      await other.sfu.next('producer:closed', (closed) => closed.producerId === producerId);
      const again = await connectSfu(sfuUrl, own.token);
      const joined = await again.ask('room:join', { sessionId: randomUUID(), resume: true });
      again.close();
      assert.equal(!joined.ok && joined.failure.reason, 'token-expired');
      const ticket = await doctor.ask('call:ticket', { params });
      assert.equal(ticket.status, cookie === 'closed' ? 401 : 404);
      if (cookie === 'closed') await eventually('the socket is closed', () => !socket.socket.connected);
      assert.ok(other.sfu.socket.connected, 'the other one stays');
    },
    close() {
      for (const client of [own.sfu, other.sfu]) client.close();
      socket.close();
    },
  };
}
