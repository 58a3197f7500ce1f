import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashSecret, makeSecret } from '../../server/accounts/session-secret.ts';
import { addPerson } from '../support/add-person.ts';
import { enrolIn, INVITED } from '../support/demonstration-world.ts';
import { startNginx } from '../support/nginx.ts';
import { putPlainTransports } from '../support/plain-transports.ts';
import { RealMedia } from '../support/real-media.ts';
import { connectSfu } from '../support/sfu-client.ts';
import { openShowingWorld, type ShowingWorld, viewportOf } from '../support/showing-world.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { watchProcessor } from './process-usage.ts';
import type { Report } from './report.ts';
import { type Crowd, type Heard, nowMs, type Read, startCrowd } from './theatre-crowd.ts';

const WATCHERS = 300;
const JOINERS = 200;
const JOIN_WITHIN_MS = 10_000;
const MOVES = 100;
/** Movements are told eight times a second: this often each is told by itself. */
const MOVE_EVERY_MS = 150;
const STROKES = 100;
const STROKE_EVERY_MS = 100;
const READ_FOR_MS = 30_000;
const MOVED_AIM_MS = 60;
const DRAWN_AIM_MS = 60;
const JOINED_AIM_MS = 500;

/** What hundreds of watchers cost the server: scans and drawings in step, joining within ten seconds, and HLS through nginx. */
export async function benchAudience(report: Report): Promise<void> {
  const plain = putPlainTransports();
  const server = await startServer({ isHallReady: () => true });
  const crowd = startCrowd();
  const media = await RealMedia.open();
  try {
    const shown = await openShowingWorld(server);
    await shown.begin();
    report.say(`${WATCHERS} people sign in`);
    const cookies = await enter(server, shown, WATCHERS);
    await benchShown(report, { server, shown, crowd, cookies });

    const ticket = await shown.world.surgeon.call('demonstration:ticket', {
      params: { demonstrationId: shown.demonstrationId },
    });
    const theatre = await connectSfu(server.url, ticket.token);
    const { sendTransport } = await theatre.join();
    for (const source of ['field', 'audio'] as const) {
      const { parameters: rtpParameters } = media.add(source === 'audio' ? 'audio' : 'video');
      await theatre.get('producer:create', { source, rtpParameters, paused: false });
    }
    media.sendTo(plain.portOf(sendTransport?.transportId ?? ''));
    await benchJoining(report, { server, shown, crowd, cookies });
    await benchHls(report, { server, shown, crowd, cookies });
    theatre.close();
  } finally {
    crowd.process.disconnect();
    media.close();
    await server.close();
    plain.close();
  }
}

interface Parts {
  server: RunningServer;
  shown: ShowingWorld;
  crowd: Crowd;
  cookies: string[];
}

async function enter(server: RunningServer, shown: ShowingWorld, count: number): Promise<string[]> {
  const cookies: string[] = [];
  for (let entered = 0; entered < count; entered += 1) {
    const person = await addPerson(server.database, 'trainee', INVITED, `观众${entered}`);
    await enrolIn(shown.world, shown.demonstrationId, person);
    cookies.push(await openSession(server, person.accountId));
  }
  return cookies;
}

/** As signing in leaves it: so many from one address would not be let in within minutes. */
async function openSession({ database }: RunningServer, accountId: string): Promise<string> {
  const [appointment] = await database.read.accounts.listAppointments([accountId]);
  const secret = makeSecret();
  const openedAt = new Date().toISOString();
  await database.write(({ accounts }) =>
    accounts.insertSession({
      sessionId: randomUUID(),
      accountId,
      appointmentId: appointment?.appointmentId ?? '',
      kind: 'browser',
      secretHash: hashSecret(secret),
      openedAt,
      usedAt: openedAt,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      browser: null,
      addressRange: null,
      factorAt: null,
      callId: null,
    }),
  );
  return `huizhen=${secret}`;
}

/** From the presenter's movement, or the hand that draws, to each of the windows. */
async function benchShown(report: Report, { server, shown, crowd, cookies }: Parts): Promise<void> {
  const { demonstrationId, world } = shown;
  const { url } = server;
  report.say(`scans in step with ${WATCHERS}`);
  await crowd.ask('open', { url, demonstrationId, cookies });
  const { window: presenter } = await shown.enter(world.moderator.client);
  await presenter.request('showing:present', { demonstrationId });
  await shown.move(presenter, viewportOf(71, 1, 0));
  await sleep(1_000);
  await crowd.ask('heard', {});
  const sent = new Map<number, number>();
  for (let move = 1; move <= MOVES; move += 1) {
    sent.set(move, nowMs());
    await shown.move(presenter, viewportOf(71, 1, move));
    await sleep(MOVE_EVERY_MS);
  }
  await sleep(1_000);
  const moved = firsts(await crowd.ask('heard', {}), 'moved', sent);
  report.samples(`showing-moved-with-${WATCHERS}`, moved, 'ms', MOVED_AIM_MS);
  report.value(`showing-told-with-${WATCHERS}`, (moved.length / (MOVES * WATCHERS)) * 100, '% of the windows');

  report.say(`drawing with ${WATCHERS}`);
  sent.clear();
  const strokeId = crypto.randomUUID();
  const track = { accountId: world.surgeonId, source: 'field' as const, label: null };
  for (let piece = 1; piece <= STROKES; piece += 1) {
    const x = piece / 1_000;
    sent.set(x, nowMs());
    const points = [{ x, y: 0.5 }];
    const from = piece - 1;
    await presenter.request('field:draw', { demonstrationId, strokeId, track, shape: 'stroke', from, points });
    await sleep(STROKE_EVERY_MS);
  }
  await sleep(1_000);
  const drawn = firsts(await crowd.ask('heard', {}), 'drawn', sent);
  report.samples(`drawing-told-with-${WATCHERS}`, drawn, 'ms', DRAWN_AIM_MS);
  shown.closeWindows();
  await crowd.ask('leave', {});
}

/** What is written down is told once more: the first time counts. */
function firsts(all: Heard[], kind: Heard['kind'], sent: ReadonlyMap<number, number>): number[] {
  const counted = new Map<number, number>();
  return all
    .filter((one) => one.kind === kind)
    .flatMap(({ key, atMs }) => {
      const sentMs = sent.get(key);
      const count = (counted.get(key) ?? 0) + 1;
      counted.set(key, count);
      return sentMs === undefined || count > WATCHERS ? [] : [atMs - sentMs];
    });
}

/** Ticket, connection, joining, the first picture, and being noted as present: all of it for each of many who come at once. */
async function benchJoining(report: Report, { server, shown, crowd, cookies }: Parts): Promise<void> {
  const { demonstrationId, world } = shown;
  report.say(`${JOINERS} join within ${JOIN_WITHIN_MS / 1_000} s`);
  const usage = watchProcessor([process.pid]);
  const { tookMs, failures } = await crowd.ask('join', {
    url: server.url,
    demonstrationId,
    cookies: cookies.slice(0, JOINERS),
    withinMs: JOIN_WITHIN_MS,
  });
  const [cpu = 0] = usage();
  for (const failure of failures) report.say(failure);
  report.samples(`joining-${JOINERS}-first-packet`, tookMs, 'ms', JOINED_AIM_MS);
  report.value(`joining-${JOINERS}-failed`, failures.length, 'people', 0);
  report.value(`joining-${JOINERS}-server-and-sfu-cpu`, cpu, '% of a core');
  const { presentCount } = await world.surgeon.call('demonstration:read', { params: { demonstrationId } });
  report.value(`joining-${JOINERS}-counted-present`, presentCount ?? Number.NaN, 'people', JOINERS);
  await crowd.ask('leave', {});
}

/** Readers of playlists and fragments, each once, as players are. */
async function benchHls(report: Report, { server, shown, crowd, cookies }: Parts): Promise<void> {
  const { demonstrationId } = shown;
  report.say(`HLS for ${WATCHERS}`);
  const nginx = await startNginx({ server: server.url, sfu: server.url });
  try {
    const program = { layout: 'single' as const, second: null };
    const main = { accountId: shown.world.surgeonId, source: 'field' as const, label: null };
    await shown.world.moderator.client.call('demonstration:program', {
      params: { demonstrationId },
      body: { ...program, main },
    });
    const url = `https://localhost:${nginx.port}`;
    // The encoder begins with the first.
    await crowd.ask('read', { url, demonstrationId, cookies: cookies.slice(0, 1), forMs: 10_000 });
    const pids = await nginx.pids();
    const usage = watchProcessor([process.pid, ...pids]);
    const reads = await crowd.ask('read', { url, demonstrationId, cookies, forMs: READ_FOR_MS });
    const [own = 0, ...proxies] = usage();
    const of = (what: Read['what']) => reads.filter((one) => one.what === what && one.status === 200);
    const took = (what: Read['what']) => of(what).map(({ tookMs }) => tookMs);
    report.samples(`hls-${WATCHERS}-playlist`, took('playlist'), 'ms');
    report.samples(`hls-${WATCHERS}-fragment`, took('fragment'), 'ms');
    const ages = of('fragment').flatMap(({ ageMs }) => (ageMs === null ? [] : [ageMs]));
    report.samples(`hls-${WATCHERS}-age-of-first-picture`, ages, 'ms');
    report.value(`hls-${WATCHERS}-refused`, reads.filter(({ status }) => status !== 200).length, 'answers', 0);
    report.value(`hls-${WATCHERS}-server-and-sfu-cpu`, own, '% of a core');
    report.value(
      `hls-${WATCHERS}-nginx-cpu`,
      proxies.reduce((sum, one) => sum + one, 0),
      '% of a core',
    );
  } finally {
    await nginx.close();
  }
}
