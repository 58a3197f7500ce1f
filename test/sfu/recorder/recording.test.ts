import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { SEGMENT_NAME } from '../../../sfu/recorder/files.ts';
import { eventually } from '../../support/eventually.ts';
import { type HallPerson, HallWorld } from '../../support/hall-world.ts';
import { H264_SIZES, RealMedia } from '../../support/real-media.ts';
import type { VideoCodec } from '../../support/rtp.ts';

const run = promisify(execFile);
const ALL = ['field', 'room', 'device', 'screen', 'audio', 'video'] as const;

/** All segments of a folder, whole or not, the oldest first. */
async function listSegments(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.filter((name) => SEGMENT_NAME.test(name.split('/').at(-1) ?? '')).sort();
}

/** Pictures, or packets of sound, that are decoded of a segment. The last one may hold a single one. */
async function framesOf(path: string): Promise<number> {
  const args = ['-v', 'error', '-count_frames', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', path];
  return Number.parseInt((await run('ffprobe', args)).stdout, 10);
}

describe('the recorder of a hall', () => {
  let world: HallWorld;
  let folder: string;
  let theatre: HallPerson;
  let field: string;
  let voice: string;
  let recordingId: string;
  let media: RealMedia;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huizhen-recording-'));
    world = await HallWorld.start(1, { recordingsFolder: folder });
  });
  after(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function publish(source: 'field' | 'audio', label?: string, codec?: VideoCodec): Promise<string> {
    const track = media.add(source === 'audio' ? 'audio' : 'video', codec);
    const { producerId } = await theatre.client.get('producer:create', {
      source,
      ...(label !== undefined && { label }),
      rtpParameters: track.parameters,
      paused: false,
    });
    media.sendTo(world.plain.portOf(theatre.send?.transportId ?? ''));
    return producerId;
  }

  beforeEach(async () => {
    recordingId = randomUUID();
    media = await RealMedia.open();
    theatre = await world.enter('theatre');
    field = await publish('field', '术野');
    voice = await publish('audio');
  });
  afterEach(async () => {
    media.close();
    await world.sfu.sfu.stopRecording(world.roomId);
    await world.empty();
  });

  const record = () => world.sfu.sfu.startRecording(world.roomId, { recordingId, sources: [...ALL] });
  const segments = (producerId: string) => listSegments(join(folder, recordingId, producerId));
  const whole = async (producerId: string, take: string) =>
    (await readFile(join(folder, recordingId, producerId, take, 'segments.csv'), 'utf8').catch(() => ''))
      .trim()
      .split('\n')
      .filter(Boolean);
  const takesOf = async (producerId: string) => [
    ...new Set((await segments(producerId)).map((name) => name.split('/')[0] ?? '')),
  ];
  const writes = (producerId: string, least = 2) =>
    eventually(`${least} segments`, async () => (await segments(producerId)).length >= least);

  it('[SF47] keeps picture and sound in segments that can each be decoded, says what they are and shows its sign', async () => {
    assert.equal(theatre.snapshot.hall?.recording, 'off');
    assert.deepEqual(await record(), { recordingId, fault: null });
    await theatre.client.next('hall:state', ({ recording }) => recording === 'on');
    await writes(field, 3);
    await writes(voice, 3);
    await world.sfu.sfu.stopRecording(world.roomId);
    await theatre.client.next('hall:state', ({ recording }) => recording === 'off');
    const count = (await segments(field)).length;
    for (const producerId of [field, voice]) {
      const [take = ''] = await takesOf(producerId);
      const lines = await whole(producerId, take);
      assert.equal(lines.length, (await segments(producerId)).length, 'the last one is whole as well');
      const { startedAt } = JSON.parse(
        await readFile(join(folder, recordingId, producerId, take, 'take.json'), 'utf8'),
      ) as { startedAt: string };
      assert.ok(Math.abs(Date.parse(startedAt) - Date.now()) < 30_000);
      for (const name of await segments(producerId))
        assert.ok((await framesOf(join(folder, recordingId, producerId, name))) > 0);
    }
    const about = JSON.parse(await readFile(join(folder, recordingId, field, 'track.json'), 'utf8'));
    assert.deepEqual(about, {
      accountId: theatre.accountId,
      seat: 'theatre',
      source: 'field',
      label: '术野',
      kind: 'video',
      mimeType: 'video/VP8',
    });
    await sleep(500);
    assert.equal((await segments(field)).length, count, 'and nothing after its end');
  });

  it('[SF48] writes no byte between a cut and its end, and goes on in a take of its own', async () => {
    await record();
    await writes(field);
    await world.sfu.sfu.cutHall(world.roomId, { picture: true, sound: false });
    await eventually('the take is whole', async () => {
      const [take = ''] = await takesOf(field);
      return (await whole(field, take)).length === (await segments(field)).length;
    });
    const sizes = async () => {
      const { stdout } = await run('du', ['-sb', join(folder, recordingId, field)]);
      return stdout;
    };
    const [before, voiceBefore] = [await sizes(), (await segments(voice)).length];
    await eventually('the voice goes on', async () => (await segments(voice)).length > voiceBefore);
    assert.equal(await sizes(), before);
    assert.equal((await takesOf(field)).length, 1);
    await world.sfu.sfu.resumeHall(world.roomId, { number: 1, picture: true, sound: true });
    await eventually('it goes on', async () => (await takesOf(field)).length === 2);
    assert.equal((await takesOf(voice)).length, 1, 'the voice was never cut');
  });

  it('[SF49] an ffmpeg that is killed loses at most the segment it was writing, and another one goes on', async () => {
    await record();
    await writes(field);
    const { stdout } = await run('pgrep', ['-f', `ffmpeg .*${recordingId}/${field}`]);
    for (const pid of stdout.trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
    const [take = ''] = await takesOf(field);
    const all = (await segments(field)).filter((name) => name.startsWith(take));
    const lines = await whole(field, take);
    assert.ok(lines.length >= all.length - 1 && lines.length >= 1, `${lines.length} of ${all.length} are whole`);
    assert.ok((await framesOf(join(folder, recordingId, field, all[0] ?? ''))) > 0);
    await eventually('another take', async () => (await takesOf(field)).length === 2);
    assert.equal((await world.sfu.sfu.findRecording(world.roomId))?.fault, null);
  });

  it('[SF47] keeps a picture that comes in H.264 as MP4, whose size changes, and each segment can be decoded by itself', async () => {
    const microscope = await publish('field', '显微镜', 'h264');
    await record();
    await writes(microscope, 2 * H264_SIZES.length + 1);
    await world.sfu.sfu.stopRecording(world.roomId);
    const names = await segments(microscope);
    const sizes = new Set<string>();
    for (const name of names) {
      assert.match(name, /\.mp4$/);
      const path = join(folder, recordingId, microscope, name);
      assert.ok((await framesOf(path)) > 0);
      // The last one may end between two packets of a picture.
      if (name === names.at(-1)) continue;
      // Decoded, not read alone: each begins with a key frame and has with it what its decoder needs.
      const { stderr } = await run('ffmpeg', ['-v', 'error', '-i', path, '-f', 'null', '-']);
      assert.equal(stderr, '', name);
      const shown = ['-show_entries', 'frame=width,height', '-of', 'csv=p=0:s=x'];
      const { stdout } = await run('ffprobe', ['-v', 'error', ...shown, path]);
      for (const size of stdout.match(/\d+x\d+/g) ?? []) sizes.add(size);
    }
    assert.deepEqual([...sizes].toSorted(), H264_SIZES);
    const { mimeType } = JSON.parse(await readFile(join(folder, recordingId, microscope, 'track.json'), 'utf8'));
    assert.equal(mimeType, 'video/H264');
  });

  it('[SF47] whoever comes later is recorded as well, and asked again it goes on', async () => {
    await record();
    const later = await publish('field', '显微镜');
    await writes(later, 1);
    const takes = await takesOf(field);
    assert.deepEqual(await record(), { recordingId, fault: null });
    assert.deepEqual(await takesOf(field), takes);
  });
});

describe('the disk of recordings', () => {
  it('[SF50] that is full ends the recording and says so; the hall goes on, and it begins anew once there is room', async function () {
    const folder = await mkdtemp(join(tmpdir(), 'huizhen-recording-'));
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=120k', 'tmpfs', folder]).catch(() => undefined);
    if (!mounted && !process.env['CI']) return this.skip();
    assert.ok(mounted, 'a small disk can be made');
    const world = await HallWorld.start(1, { recordingsFolder: folder });
    const theatre = await world.enter('theatre');
    const watcher = await world.enter('audience');
    const media = await RealMedia.open();
    try {
      const { producerId } = await theatre.client.get('producer:create', {
        source: 'field',
        rtpParameters: media.add('video').parameters,
        paused: false,
      });
      media.sendTo(world.plain.portOf(theatre.send?.transportId ?? ''));
      await watcher.watch(producerId);
      const order = { recordingId: randomUUID(), sources: ['field' as const] };
      await world.sfu.sfu.startRecording(world.roomId, order);
      await watcher.client.next('hall:state', ({ recording }) => recording === 'failed');
      assert.equal((await world.sfu.sfu.findRecording(world.roomId))?.fault, 'disk-full');
      const before = watcher.arrived(producerId);
      await eventually('the field is still shown', () => watcher.arrived(producerId) > before + 10);
      assert.ok((await listSegments(folder)).length > 0, 'what was written is kept');
      await run('mount', ['-o', 'remount,size=20m', folder]);
      assert.equal((await world.sfu.sfu.startRecording(world.roomId, order)).fault, null);
      const kept = (await listSegments(folder)).length;
      await eventually('it goes on', async () => (await listSegments(folder)).length > kept);
    } finally {
      media.close();
      await world.sfu.sfu.stopRecording(world.roomId);
      await world.close();
      await run('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    }
  });
});
