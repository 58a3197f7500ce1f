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
  /**
   * Two seconds after this act at most, the physician is out of everything, and the old ticket lets nobody in.
   * `cookie`: whether HTTP is closed as well, and the socket with it.
   */
  isOutAfter(act: () => Promise<unknown>, cookie: 'closed' | 'open'): Promise<void>;
  close(): void;
}

/** By then a right that has ended is gone everywhere. */
const WITHIN_MS = 2_000;
/** What a machine may take longer that runs other tests besides. */
const BUSY_MS = 1_000;

const LOOK_MS = 50;

/** Each of these has come about two seconds after the act at most, without what other processes took of the machine meanwhile. */
export async function goneAfter(act: () => unknown, gone: Record<string, () => Promise<unknown>>): Promise<void> {
  await act();
  const endedMs = performance.now();
  const held = countHeldUp();
  const tookMs: Record<string, number> = {};
  const timed = Object.entries(gone).map(async ([what, whenGone]) => {
    await whenGone();
    tookMs[what] = Math.round(performance.now() - endedMs - held.ms);
  });
  await Promise.all(timed).finally(held.stop);
  const isLate = Object.values(tookMs).some((ms) => ms > WITHIN_MS + BUSY_MS);
  assert.ok(!isLate, `gone after milliseconds: ${JSON.stringify(tookMs)}`);
}

/** By how much this process, which runs the server, was later than it asked to be. */
function countHeldUp(): { readonly ms: number; stop(): void } {
  let ms = 0;
  let dueMs = performance.now() + LOOK_MS;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    ms += Math.max(0, nowMs - dueMs);
    dueMs = nowMs + LOOK_MS;
  }, LOOK_MS);
  return {
    get ms() {
      return ms;
    },
    stop: () => clearInterval(timer),
  };
}

export const isClosed = ({ socket }: Connection) => eventually('the socket is closed', () => !socket.connected);

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
    async isOutAfter(act, cookie) {
      const refused = async () => (await doctor.ask('call:ticket', { params })).status !== 200;
      await goneAfter(act, {
        'the media': () => other.sfu.next('producer:closed', (closed) => closed.producerId === producerId),
        'the place in the room': () => own.sfu.next('peer:removed'),
        'the connection to the sfu': () => own.sfu.disconnected(),
        HTTP: () => eventually('no ticket any more', refused),
        ...(cookie === 'closed' ? { 'the socket': () => isClosed(socket) } : {}),
      });
      const again = await connectSfu(sfuUrl, own.token);
      const joined = await again.ask('room:join', { sessionId: randomUUID(), resume: true });
      again.close();
      assert.equal(!joined.ok && joined.failure.reason, 'token-expired');
      const ticket = await doctor.ask('call:ticket', { params });
      assert.equal(ticket.status, cookie === 'closed' ? 401 : 404);
      assert.ok(other.sfu.socket.connected, 'the other one stays');
    },
    close() {
      for (const client of [own.sfu, other.sfu]) client.close();
      socket.close();
    },
  };
}
