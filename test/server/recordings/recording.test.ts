import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReplayView } from '../../../server/contract/index.ts';
import { submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  openDemonstrationWorld,
  placeDemonstration,
} from '../../support/demonstration-world.ts';
import { eventually } from '../../support/eventually.ts';
import { type PlainTransports, putPlainTransports } from '../../support/plain-transports.ts';
import { RealMedia } from '../../support/real-media.ts';
import { connectSfu, type SfuClient } from '../../support/sfu-client.ts';
import { signedConsent } from '../../support/signed-consent.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('a demonstration that is recorded', function () {
  this.timeout(240_000);
  let plain: PlainTransports;
  let server: RunningServer;
  let world: DemonstrationWorld;
  let media: RealMedia;
  let theatre: SfuClient | undefined;

  before(async () => {
    plain = putPlainTransports();
    server = await startServer({ isHallReady: () => true });
    world = await openDemonstrationWorld(server);
    media = await RealMedia.open();
  });
  after(async () => {
    theatre?.close();
    media?.close();
    await server?.close();
    plain.close();
  });

  const statusOf = async (asking: Promise<{ status: number; body: unknown }>) => {
    const { status, body } = await asking;
    return [status, (body as { reason?: string }).reason];
  };
  const version = async (client: Client, demonstrationId: string) =>
    (await client.call('demonstration:read', { params: { demonstrationId } })).plan?.version ?? 0;

  /** The surgeon's page: in the hall, with picture and sound. */
  async function operate(demonstrationId: string): Promise<void> {
    const { token } = await world.surgeon.call('demonstration:ticket', { params: { demonstrationId } });
    theatre = await connectSfu(server.url, token);
    const { sendTransport } = await theatre.join();
    for (const source of ['field', 'audio'] as const) {
      const { parameters: rtpParameters } = media.add(source === 'audio' ? 'audio' : 'video');
      await theatre.get('producer:create', { source, rtpParameters, paused: false });
    }
    media.sendTo(plain.portOf(sendTransport?.transportId ?? ''));
  }

  const segmentPath = (demonstrationId: string, { tracks }: ReplayView, index: number) => {
    const track = tracks.find(({ kind }) => kind === 'video') ?? assert.fail('no picture');
    const number = String(track.takes[0]?.segments[index]?.[0]).padStart(5, '0');
    const { recordingId, trackId, takes, extension } = track;
    const folder = `/api/demonstrations/${demonstrationId}/replay/${recordingId}/${trackId}/${takes[0]?.takeId}`;
    return { path: `${folder}/${number}.${extension}`, folder };
  };

  it('[DM30] is not without the patient’s consent to it', async () => {
    const consent = signedConsent('张建国', { scopes: ['consult', 'teach'] });
    const { consultationId } = await submitCase(world.doctor, { consent });
    const { demonstrationId } = await placeDemonstration(world, 'live', { consultationId });
    const asking = world.surgeon.ask('demonstration:start-recording', { params: { demonstrationId } });
    assert.deepEqual(await statusOf(asking), [409, 'recording-not-consented']);
  });

  it('[DM31] is recorded no longer where the stop did not reach the sfu', async () => {
    const { demonstrationId } = await placeDemonstration(world, 'live');
    await operate(demonstrationId);
    const params = { demonstrationId };
    const { recordingId } = await world.moderator.client.call('demonstration:start-recording', { params });
    await theatre?.next('hall:state', ({ recording }) => recording === 'on');
    await server.database.write(({ recordings }) => recordings.stop(recordingId, new Date().toISOString()));
    await theatre?.next('hall:state', ({ recording }) => recording === 'off');
    theatre?.close();
  });

  it('[DM30] [DM31] [DM32] [DM33] [DM34] is kept, looked through by two, seen again without what was cut out, and sealed', async () => {
    const { surgeon, moderator, watcher, coordinator } = world;
    const { consultationId } = world;
    const { demonstrationId } = await placeDemonstration(world, 'live');
    await enrolIn(world, demonstrationId, watcher);
    const params = { demonstrationId };
    await operate(demonstrationId);
    const started = await moderator.client.call('demonstration:start-recording', { params });
    assert.equal(started.fault, null);
    const again = await surgeon.call('demonstration:start-recording', { params });
    assert.equal(again.recordingId, started.recordingId);
    assert.equal((await watcher.client.call('demonstration:read', { params })).live?.isRecorded, true);
    await theatre?.next('hall:state', ({ recording }) => recording === 'on');
    const main = { accountId: world.surgeonId, source: 'field' as const, label: null };
    const program = { layout: 'single' as const, main, second: null };
    await moderator.client.call('demonstration:program', { params, body: program });
    const folder = join(server.dataDir, 'recordings', started.recordingId);
    await eventually('five segments of each', async () => {
      const names = await readdir(folder, { recursive: true });
      return names.filter((name) => /\d{5}\.webm$/.test(name)).length >= 10;
    });
    assert.deepEqual(await statusOf(surgeon.ask('replay:read', { params })), [409, 'state-not-allowed']);

    await surgeon.call('demonstration:end', { params, body: { version: await version(surgeon, demonstrationId) } });
    await eventually('it ends with the demonstration', async () =>
      (await server.database.read.recordings.listOf(demonstrationId)).every(({ stoppedAt }) => stoppedAt !== null),
    );
    const step = async (client: Client) => ({ params, body: { version: await version(client, demonstrationId) } });
    await coordinator.call('demonstration:open-replay', await step(coordinator));
    assert.deepEqual(await statusOf(watcher.client.ask('replay:read', { params })), [403, undefined]);

    const whole = await moderator.client.call('replay:read', { params });
    assert.deepEqual(whole.tracks.map(({ ref }) => ref.source).sort(), ['audio', 'field']);
    assert.deepEqual(
      whole.programs.map((one) => one.program),
      [program],
    );
    const { person } = await moderator.client.call('session:read');
    assert.ok(whole.watermark.includes(person.name) && whole.watermark.includes(person.facilityName));
    const { path, folder: at } = segmentPath(demonstrationId, whole, 1);
    const answer = await moderator.client.fetch(path);
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'video/webm']);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.equal(bytes.readUInt32BE(0), 0x1a45dfa3, 'EBML (RFC 8794 section 11.2.1)');
    const part = await moderator.client.fetch(path, { headers: { range: 'bytes=4-11' } });
    assert.equal(part.status, 206);
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(4, 12));
    for (const [name, status] of [
      ['99999.webm', 404],
      ['take.json', 400],
      ['..%2Ftrack.json', 400],
    ] as const)
      assert.equal((await moderator.client.fetch(`${at}/${name}`)).status, status, name);

    const video = whole.tracks.find(({ kind }) => kind === 'video') ?? assert.fail();
    const take = video.takes[0] ?? assert.fail();
    const [, fromMs, toMs] = take.segments[1] ?? assert.fail();
    const instant = (ms: number) => new Date(Date.parse(take.startedAt) + ms).toISOString();
    const cutParts = [{ fromAt: instant(fromMs + 50), toAt: instant(toMs - 50) }];
    const [, maskedFromMs, maskedToMs] = take.segments[3] ?? assert.fail();
    const of = { fromAt: instant(maskedFromMs + 50), toAt: instant(maskedToMs - 50) };
    const maskedParts = [{ ...of, picture: true, sound: false }];
    const chapters = [{ at: take.startedAt, title: '段间平面' }];
    const saved = await surgeon.call('replay:save', {
      params,
      body: { version: whole.version, cutParts, maskedParts, leftOutQuestions: [], chapters },
    });
    assert.deepEqual([saved.cutParts, saved.chapters, saved.mayPublish], [cutParts, chapters, false]);
    const stale = {
      params,
      body: { version: whole.version, cutParts, maskedParts, leftOutQuestions: [], chapters },
    };
    assert.deepEqual(await statusOf(surgeon.ask('replay:save', stale)), [409, 'version-outdated']);
    const naming = {
      version: saved.version,
      cutParts,
      maskedParts,
      leftOutQuestions: [],
      chapters: [{ at: take.startedAt, title: '张建国，段间平面' }],
    };
    assert.deepEqual(await statusOf(surgeon.ask('replay:save', { params, body: naming })), [400, 'patient-named']);

    const publish = async (client: Client) => client.ask('demonstration:publish-replay', await step(client));
    assert.deepEqual(await statusOf(publish(surgeon)), [403, undefined]);
    assert.deepEqual(await statusOf(publish(coordinator)), [403, 'replay-second-person']);
    const masked = segmentPath(demonstrationId, whole, 3).path;
    assert.equal((await moderator.client.fetch(masked)).status, 200, 'whoever looks it through sees it');
    assert.equal((await publish(moderator.client)).status, 200);
    const seen = await watcher.client.call('replay:read', { params });
    assert.deepEqual([seen.isPublished, seen.cutParts, seen.chapters], [true, [], chapters]);
    const numbers = seen.tracks.find(({ kind }) => kind === 'video')?.takes[0]?.segments.map(([number]) => number);
    assert.deepEqual(numbers?.slice(0, 2), [0, 2]);
    assert.equal(numbers?.includes(3), false);
    assert.equal((await watcher.client.fetch(path)).status, 404, 'what was cut out is not handed out');
    assert.equal((await watcher.client.fetch(masked)).status, 404, 'nor a masked picture');
    const sound = (replay: typeof seen) =>
      replay.tracks.find(({ kind }) => kind === 'audio')?.takes[0] ?? assert.fail();
    const heardAt = (segments: readonly (readonly number[])[]) =>
      segments.filter(([, from = 0, to = 0]) => {
        const base = Date.parse(sound(whole).startedAt) - Date.parse(take.startedAt);
        return base + from < maskedToMs && base + to > maskedFromMs;
      });
    assert.ok(heardAt(sound(seen).segments).length > 0, 'its sound stays');
    const first = segmentPath(demonstrationId, seen, 0).path;
    assert.equal((await watcher.client.fetch(first)).status, 200);
    const other = first.replace(demonstrationId, randomUUID());
    assert.equal((await watcher.client.fetch(other)).status, 404);
    const acts = await server.database.query(
      `SELECT actorId FROM audit_entry WHERE action = 'demonstration:watch-replay' AND subjectId = '${demonstrationId}'`,
    );
    assert.deepEqual(
      (acts as { actorId: string }[]).map(({ actorId }) => actorId),
      [moderator.accountId, watcher.accountId],
    );

    await world.doctor.call('consent:withdraw', {
      params: { consultationId },
      body: { scopes: ['record'], askedBy: 'patient', askedByName: '张建国', reason: '不愿再被看到' },
    });
    assert.equal((await watcher.client.call('demonstration:read', { params })).state, 'retired');
    for (const client of [surgeon, moderator.client, watcher.client])
      assert.equal((await client.fetch(first)).status, 409);
    assert.ok((await readdir(folder)).length > 0, 'the files stay');
  });
});
