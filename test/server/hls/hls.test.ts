import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { parsePlaylist } from '../../../client/hls/playlist.ts';
import { enterPerson } from '../../support/add-person.ts';
import type { Client } from '../../support/client.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { eventually } from '../../support/eventually.ts';
import { type HttpsAnswer, type Nginx, startNginx } from '../../support/nginx.ts';
import { type PlainTransports, putPlainTransports } from '../../support/plain-transports.ts';
import { RealMedia } from '../../support/real-media.ts';
import { connectSfu, type SfuClient } from '../../support/sfu-client.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

/** Forbidden, no such thing to this person, not now. */
const REFUSED = [403, 404, 409];

describe('a demonstration that is watched as HLS, through nginx', function () {
  this.timeout(240_000);
  let plain: PlainTransports;
  let server: RunningServer;
  let nginx: Nginx;
  let world: DemonstrationWorld;
  let media: RealMedia;
  let theatre: SfuClient;
  let demonstrationId: string;
  let early: string[];

  before(async () => {
    plain = putPlainTransports();
    server = await startServer({ isHallReady: () => true });
    nginx = await startNginx({ server: server.url, sfu: server.url });
    world = await openDemonstrationWorld(server);
    ({ demonstrationId } = await placeDemonstration(world, 'live'));
    await enrolIn(world, demonstrationId, world.watcher);
    const { token } = await world.surgeon.call('demonstration:ticket', { params: { demonstrationId } });
    theatre = await connectSfu(server.url, token);
    const { sendTransport } = await theatre.join();
    media = await RealMedia.open();
    for (const source of ['field', 'audio'] as const) {
      const { parameters: rtpParameters } = media.add(source === 'audio' ? 'audio' : 'video');
      await theatre.get('producer:create', { source, rtpParameters, paused: false });
    }
    media.sendTo(plain.portOf(sendTransport?.transportId ?? ''));
  });
  after(async () => {
    theatre?.close();
    media?.close();
    await nginx?.close();
    await server?.close();
    plain.close();
  });

  const at = (name: string, of = demonstrationId) => `/api/demonstrations/${of}/hls/${name}`;
  const ask = (client: Client | undefined, path: string, headers: Record<string, string> = {}): Promise<HttpsAnswer> =>
    nginx.ask('GET', path, client ? { cookie: client.cookie, ...headers } : headers);
  async function watch(client: Client, of = demonstrationId): Promise<string[]> {
    let names: string[] = [];
    await eventually('a playlist', async () => {
      const { status, body } = await ask(client, at('live.m3u8', of));
      if (status !== 200) return false;
      const { initUrl, fragments } = parsePlaylist(body.toString(), `https://localhost${at('live.m3u8', of)}`);
      names = [initUrl ?? '', ...fragments.map(({ url }) => url)].map((url) => new URL(url).pathname);
      return true;
    });
    return names;
  }

  it('[DM40] is handed to whoever may be in its hall, and to nobody else, also what nginx keeps', async () => {
    const paths = await watch(world.watcher.client);
    early = paths;
    for (const path of paths.slice(-2)) {
      const { status, headers, body } = await ask(world.watcher.client, path);
      assert.equal(status, 200);
      assert.equal(headers['cache-control'], 'no-store');
      assert.ok(body.length > 500);
      const another = await ask(world.moderator.client, path);
      assert.ok(another.body.equals(body), 'another one gets the same bytes');
      assert.equal(another.headers['x-request-id'], headers['x-request-id'], 'without another fetch');
    }
    for (const path of [at('live.m3u8'), ...paths.slice(-2)]) {
      assert.equal((await ask(undefined, path)).status, 401, 'nobody signed in');
      assert.ok(REFUSED.includes((await ask(world.doctor, path)).status), 'not enrolled');
    }
    assert.equal((await ask(world.watcher.client, '/hls-access')).status, 404, 'nginx’s own question is nobody else’s');
    const acts = await (await server.signIn('auditor')).call('audit:list');
    const visits = acts.filter(
      ({ action, detail, actorId }) =>
        action === 'demonstration:join-hall' && 'way' in detail && actorId === world.watcher.accountId,
    );
    assert.equal(visits.length, 1, 'an act, once a visit');
  });

  it('[DM40] is had by no address that means one demonstration to nginx and another to the server', async () => {
    const kept = (await watch(world.watcher.client)).at(-1) ?? '';
    assert.equal((await ask(world.watcher.client, kept)).status, 200, 'nginx keeps it now');
    const name = kept.slice(kept.lastIndexOf('/') + 1);
    const own = await placeDemonstration(world, 'live');
    const stranger = await enterPerson(server, 'trainee', INVITED);
    await enrolIn(world, own.demonstrationId, stranger);
    const at = `/api/demonstrations/${own.demonstrationId}/hls/`;
    for (const path of [
      `${at}${name}`,
      `${at}../../${demonstrationId}/hls/${name}`,
      `${at}..%2f..%2f${demonstrationId}%2fhls%2f${name}`,
      `${kept}?${at}${name}`,
      `${kept}#${at}${name}`,
      `/${kept}`,
      kept.replace('hls', '%68ls'),
    ])
      assert.ok(
        REFUSED.includes((await ask(stranger.client, path, { 'x-original-uri': `${at}${name}` })).status),
        path,
      );
    assert.ok(REFUSED.includes((await ask(world.watcher.client, kept.replace('hls', '%68ls'))).status), 'as it stands');
  });

  it('[DM40] can be had a while longer than it is listed, so that a slow line gets what it has asked for', async () => {
    const oldest = early[1] ?? '';
    await eventually('the first is listed no more', async () => !(await watch(world.watcher.client)).includes(oldest));
    assert.equal((await ask(world.watcher.client, oldest)).status, 200);
  });

  it('[DM41] is taken back by the theatre alone, whose masks have changed, and players are told at once to let go of it', async () => {
    const [init = '', ...paths] = await watch(world.watcher.client);
    for (const path of paths) await ask(world.watcher.client, path);
    const take = ({ cookie }: Client) =>
      nginx.ask('DELETE', at('').slice(0, -1), { cookie, origin: `https://localhost:${nginx.port}` });
    assert.equal((await take(world.moderator.client)).status, 403);
    assert.equal((await take(world.surgeon)).status, 204);
    const playing = init.slice(init.lastIndexOf('/') + 1);
    const told = await ask(world.watcher.client, `${at('live.m3u8')}?playing=${playing}`);
    assert.equal(told.status, 200);
    const list = parsePlaylist(told.body.toString(), `https://localhost${at('live.m3u8')}`);
    assert.notEqual(list.initUrl && new URL(list.initUrl).pathname, init);
    assert.deepEqual(list.fragments, []);
    for (const { status } of await Promise.all([init, ...paths].map((path) => ask(world.watcher.client, path))))
      assert.ok(REFUSED.includes(status));
  });

  it('[DM41] a demonstration that begins shows nobody what was rehearsed', async () => {
    const rehearsed = await placeDemonstration(world, 'enrolling');
    const of = rehearsed.demonstrationId;
    const ticket = await world.surgeon.call('demonstration:ticket', { params: { demonstrationId: of } });
    const surgeon = await connectSfu(server.url, ticket.token);
    await surgeon.join();
    const paths = await watch(world.surgeon, of);
    const { plan } = await world.surgeon.call('demonstration:read', { params: { demonstrationId: of } });
    await world.surgeon.call('demonstration:begin', {
      params: { demonstrationId: of },
      body: { version: plan?.version ?? 0 },
    });
    const after = await watch(world.moderator.client, of);
    assert.ok(after.every((path) => !paths.includes(path)));
    for (const path of paths) assert.ok(REFUSED.includes((await ask(world.moderator.client, path)).status));
    surgeon.close();
  });

  it('[DM41] a cut takes back what was not played yet, wherever it is kept, before it has taken effect for those who watch live', async () => {
    const paths = await watch(world.watcher.client);
    for (const path of paths) await ask(world.watcher.client, path);
    // At the sfu alone, as in the theatre: the server is told of it later.
    await theatre.get('hall:cut', { picture: true, sound: true });
    // What was answered just before counts so long: half of the time that a cut may take.
    await delay(150);
    for (const { status } of await Promise.all(paths.slice(1).map((path) => ask(world.watcher.client, path))))
      assert.ok(REFUSED.includes(status));
    const after = await watch(world.watcher.client);
    assert.equal(after[0], paths[0]);
    assert.ok(after.slice(1).every((path) => !paths.includes(path)));
  });

  it('[DM42] is over for whoever signs out or withdraws, and for everybody once it is ended', async () => {
    const leaving = await enterPerson(server, 'trainee', INVITED);
    await enrolIn(world, demonstrationId, leaving);
    const names = await watch(leaving.client);
    const kept = [at('live.m3u8'), ...names.slice(-1)];
    assert.equal((await ask(leaving.client, names.at(-1) ?? '')).status, 200);
    await leaving.client.call('session:close');
    for (const path of kept) assert.equal((await ask(leaving.client, path)).status, 401);
    await world.watcher.client.call('demonstration:withdraw', { params: { demonstrationId } });
    for (const path of kept) assert.ok(REFUSED.includes((await ask(world.watcher.client, path)).status));
    const { plan } = await world.surgeon.call('demonstration:read', { params: { demonstrationId } });
    await world.surgeon.call('demonstration:end', {
      params: { demonstrationId },
      body: { version: plan?.version ?? 0 },
    });
    for (const path of kept) assert.ok(REFUSED.includes((await ask(world.moderator.client, path)).status));
  });
});

describe('a demonstration that cannot be watched as HLS', function () {
  this.timeout(60_000);

  it('[DM40] is said to be so at once where there is no ffmpeg', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '';
    const server = await startServer().finally(() => {
      process.env['PATH'] = path;
    });
    try {
      const world = await openDemonstrationWorld(server);
      const { demonstrationId } = await placeDemonstration(world, 'live');
      const response = await world.moderator.client.fetch(`/api/demonstrations/${demonstrationId}/hls/live.m3u8`);
      assert.equal(response.status, 503);
      const { reason, retryAfterS } = await response.json();
      assert.equal(reason, 'media-failed');
      assert.ok(retryAfterS >= 30);
    } finally {
      await server.close();
    }
  });
});
