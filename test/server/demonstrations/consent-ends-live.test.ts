import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '../../support/client.ts';
import { enrolIn } from '../../support/demonstration-world.ts';
import { eventually, rises, settles } from '../../support/eventually.ts';
import { HallPerson } from '../../support/hall-world.ts';
import { type PlainTransports, putPlainTransports } from '../../support/plain-transports.ts';
import { RealMedia } from '../../support/real-media.ts';
import { refusal } from '../../support/refusal.ts';
import { RtpLine } from '../../support/rtp.ts';
import { connectSfu, type SfuClient } from '../../support/sfu-client.ts';
import { openShowingWorld, refusalOf, type ShowingWorld, viewportOf } from '../../support/showing-world.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { type RunningSfu, startSfu } from '../../support/start-sfu.ts';

const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(2_000), Buffer.from([0xff, 0xd9])]);
const QUIET_MS = 500;

describe('a live demonstration whose patient takes the consent to teaching back', function () {
  this.timeout(240_000);
  let plain: PlainTransports;
  let sfu: RunningSfu;
  let server: RunningServer;
  let shown: ShowingWorld;
  let line: RtpLine;
  let media: RealMedia;
  const windows: SfuClient[] = [];

  before(async () => {
    plain = putPlainTransports();
    sfu = await startSfu({ workerCount: 2 });
    server = await startServer({ isHallReady: () => true, sfuApart: sfu });
    shown = await openShowingWorld(server);
    line = await RtpLine.open();
    media = await RealMedia.open();
  });
  after(async () => {
    media?.close();
    line?.close();
    shown?.closeWindows();
    for (const window of windows) window.close();
    await server?.close();
    await sfu?.close();
    plain.close();
  });

  async function enterWith(token: string): Promise<HallPerson> {
    const window = await connectSfu(sfu.url, token);
    windows.push(window);
    const person = new HallPerson(line, window, token, '', (port) => line.greet(port));
    await person.join();
    return person;
  }

  it('[DM19] is closed for everybody, in every way in which it could be seen or heard', async () => {
    await shown.begin();
    const { demonstrationId, world } = shown;
    const params = { demonstrationId };
    await enrolIn(world, demonstrationId, world.watcher);
    const enter = async (client: Client) => enterWith((await client.call('demonstration:ticket', { params })).token);
    const theatre = await enter(world.surgeon);
    const tracks: Record<string, string> = {};
    for (const source of ['field', 'audio'] as const) {
      const { parameters: rtpParameters } = media.add(source === 'audio' ? 'audio' : 'video');
      const made = await theatre.client.get('producer:create', { source, rtpParameters, paused: false });
      tracks[source] = made.producerId;
    }
    media.sendTo(plain.portOf(theatre.send?.transportId ?? ''));
    const audience = [world.watcher.client, shown.watcher.client];
    const watchers = [await enter(world.moderator.client), ...(await Promise.all(audience.map(enter)))];
    for (const watcher of watchers)
      for (const producerId of Object.values(tracks)) {
        await watcher.watch(producerId);
        await rises('picture and sound', 3, () => watcher.arrived(producerId));
      }

    // All the ways beside it: a recording, HLS, a small picture, scans in step, a telephone as a camera.
    await world.moderator.client.call('demonstration:start-recording', { params });
    const program = { layout: 'single' as const, second: null };
    const main = { accountId: world.surgeonId, source: 'field' as const, label: null };
    await world.moderator.client.call('demonstration:program', { params, body: { ...program, main } });
    const hls = (client: Client, name: string) => client.fetch(`/api/demonstrations/${demonstrationId}/hls/${name}`);
    const names: string[] = [];
    await eventually('HLS is there', async () => {
      const playlist = await hls(world.watcher.client, 'live.m3u8');
      const text = await playlist.text();
      names.splice(0, Infinity, ...(text.match(/^[a-z0-9]+-\d+\.m4s$/gm) ?? []));
      return playlist.status === 200 && names.length > 0;
    });
    const poster = `/api/demonstrations/${demonstrationId}/poster?source=field`;
    const putPoster = { method: 'PUT', headers: { 'content-type': 'image/jpeg' }, body: JPEG };
    assert.equal((await world.surgeon.fetch(`${poster}&cutNumber=0`, putPoster)).status, 204);
    const { window: presenter } = await shown.enter(world.moderator.client);
    const { window: follower } = await shown.enter(shown.watcher.client);
    await presenter.request('showing:present', { demonstrationId });
    await shown.move(presenter, viewportOf(71, 1));
    await follower.next('showing:moved');
    assert.equal((await shown.frame(shown.watcher.client, 71)).status, 200);
    const { cameraId, secret } = await world.surgeon.call('phone-camera:invite', { params });
    const nobody = createClient(server.url, '');
    const { key } = await nobody.call('phone-camera:open', { body: { secret } });
    const phone = await enterWith((await nobody.call('phone-camera:ticket', { body: { cameraId, key } })).token);

    const everybody = [theatre, ...watchers];
    const heardBefore = follower.pending('showing:moved').length;
    await world.doctor.call('consent:withdraw', {
      params: { consultationId: world.consultationId },
      body: { scopes: ['teach'], askedBy: 'patient', askedByName: '', reason: '不愿公开' },
    });

    for (const { client } of everybody) {
      await client.next('room:ended');
      await client.disconnected();
    }
    const people = await sfu.sfu.listPeople();
    assert.deepEqual(
      people.filter(({ roomId }) => roomId === demonstrationId),
      [],
    );
    await phone.client.next('room:ended');
    await eventually('no router is left', () => plain.routers.every(({ closed }) => closed));
    const arrived = () => watchers.flatMap((one) => Object.values(tracks).map((track) => one.arrived(track)));
    const sum = () => arrived().reduce((all, count) => all + count, 0);
    await settles(sum, QUIET_MS);
    const before = sum();
    await sleep(QUIET_MS);
    assert.equal(sum(), before, 'nor does a packet come');

    for (const client of [world.surgeon, world.moderator.client, ...audience]) {
      assert.notEqual((await client.ask('demonstration:ticket', { params })).status, 200);
      for (const name of ['live.m3u8', ...names]) assert.notEqual((await hls(client, name)).status, 200, name);
      assert.notEqual((await client.fetch(`${poster}&accountId=${world.surgeonId}`)).status, 200);
      assert.equal((await shown.frame(client, 71)).status, 404);
    }
    assert.notEqual((await refusal(nobody, 'phone-camera:ticket', {}, { cameraId, key })).short, '');
    const stale = await connectSfu(sfu.url, theatre.token);
    windows.push(stale);
    const again = await stale.ask('room:join', { sessionId: crypto.randomUUID(), resume: false });
    assert.equal(again.ok, false, 'nor by a token from before');
    for (const name of names) assert.equal(await sfu.sfu.readFragment(demonstrationId, name), null);
    assert.equal(await sfu.sfu.findPoster(demonstrationId), null);
    await eventually('nothing is recorded', async () => (await sfu.sfu.findRecording(demonstrationId)) === null);
    const recordings = await server.database.read.recordings.listOf(demonstrationId);
    assert.ok(recordings.length === 1 && recordings.every(({ sealedAt }) => sealedAt !== null));

    assert.match(await refusalOf(shown.open(presenter)), /not-found|forbidden|conflict/);
    await shown.move(presenter, viewportOf(71, 2)).catch(() => undefined);
    await sleep(QUIET_MS);
    assert.equal(follower.pending('showing:moved').length, heardBefore, 'no scan moves any more');
  });
});
