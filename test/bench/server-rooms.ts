import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'socket.io-client';
import type { RequestInput, RequestName } from '../../server/contract/index.ts';
import { meetCase } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { type Connection, connect } from '../support/connect.ts';
import type { ConsultationSite } from '../support/consultation-site.ts';
import { target, viewportAt } from '../support/review-moves.ts';
import { residentMib, watchProcessor } from './process-usage.ts';
import { quantile, type Report } from './report.ts';

const ROOMS = 20;
/** Before them, so that what is counted is rooms and not the server's first steps. */
const WARM_UP_ROOMS = 2;
const LIVE_MS = 6_000;
/** As often as a window sends at most. */
const POINTER_EVERY_MS = 1000 / 30;
const VIEWPORT_EVERY_MS = 50;

/** What a room costs the server while the presenter never stops moving the picture and both never stop pointing. */
export async function measureRooms(site: ConsultationSite, report: Report): Promise<void> {
  const [presenter, follower] = await Promise.all([site.signIn('specialist'), site.signIn('county-doctor')]);
  const people = { presenter, follower };
  const few = await live(site.server.pid(), people, WARM_UP_ROOMS);
  const many = await live(site.server.pid(), people, ROOMS);
  report.value('server-cpu-per-room', (many.percent - few.percent) / (ROOMS - WARM_UP_ROOMS), '% of a core');
  report.value('server-memory-per-room', (many.mib - few.mib) / (ROOMS - WARM_UP_ROOMS), 'MiB');
  report.samples('server-relay', many.relayedMs, 'ms');
  report.value('server-memory-in-all', many.mib, 'MiB');
}

/** Processor and memory of the server while so many rooms are in use. */
async function live(
  pid: number,
  { presenter, follower }: { presenter: Client; follower: Client },
  count: number,
): Promise<{ percent: number; mib: number; relayedMs: number[] }> {
  const relayedMs: number[] = [];
  const rooms: { consultationId: string; windows: [Connection, Connection] }[] = [];
  while (rooms.length < count) {
    const { consultationId } = await meetCase(follower, presenter);
    const open = async ({ url, cookie }: Client): Promise<Connection> => {
      const window = await connect(url, cookie);
      await window.request('review:open', { consultationId, sinceRevision: 0 });
      return window;
    };
    const windows: [Connection, Connection] = [await open(presenter), await open(follower)];
    await windows[0].request('presenter:ask', { consultationId });
    windows[1].socket.on('pointer:moved', ({ point }) => void relayedMs.push(performance.now() - (point?.x ?? 0)));
    rooms.push({ consultationId, windows });
  }

  let moves = 0;
  const mib: number[] = [];
  const timers = [
    setInterval(() => {
      moves += 1;
      const viewport = viewportAt(1 + (moves % 40));
      for (const { consultationId, windows } of rooms) send(windows[0], 'viewport:move', { consultationId, viewport });
    }, VIEWPORT_EVERY_MS),
    setInterval(() => {
      const point = { x: performance.now(), y: 0 };
      for (const { consultationId, windows } of rooms)
        for (const window of windows) send(window, 'pointer:move', { consultationId, target, point });
    }, POINTER_EVERY_MS),
    setInterval(() => mib.push(residentMib(pid)), 200),
  ];
  const usage = watchProcessor([pid]);
  await sleep(LIVE_MS);
  const [percent = 0] = usage();
  for (const timer of timers) clearInterval(timer);
  for (const { windows } of rooms) for (const window of windows) window.close();
  return { percent, mib: quantile(mib, 0.5), relayedMs };
}

/** As pages do: nobody waits for an answer. */
function send<N extends RequestName>({ socket }: Connection, name: N, input: RequestInput<N>): void {
  (socket as unknown as Socket).volatile.emit(name, input);
}
