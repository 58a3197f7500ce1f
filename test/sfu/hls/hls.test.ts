import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { HallProgram } from '../../../server/contract/demonstration-live.ts';
import { createLog } from '../../../server/runtime/log.ts';
import type { HlsState } from '../../../sfu/contract/hls.ts';
import { createSfuControl } from '../../../sfu/control.ts';
import { HallHls } from '../../../sfu/hall/hall-hls.ts';
import type { Place } from '../../../sfu/place.ts';
import { eventually } from '../../support/eventually.ts';
import { type HallPerson, HallWorld } from '../../support/hall-world.ts';
import { RealMedia } from '../../support/real-media.ts';

const run = promisify(execFile);
/** As a decoder says of black and of silence. */
const BLACK_AT_MOST = 18;
const SILENT_AT_MOST_DB = -70;

describe('the HLS of a hall', function () {
  this.timeout(180_000);
  let world: HallWorld;
  let folder: string;
  let media: RealMedia;
  let theatre: HallPerson;
  let program: HallProgram;
  let since: string | null = null;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huizhen-hls-'));
    world = await HallWorld.start(1);
    theatre = await world.enter('theatre');
    media = await RealMedia.open();
    for (const source of ['field', 'audio'] as const)
      await theatre.client.get('producer:create', {
        source,
        rtpParameters: media.add(source === 'audio' ? 'audio' : 'video').parameters,
        paused: false,
      });
    media.sendTo(world.plain.portOf(theatre.send?.transportId ?? ''));
    program = { layout: 'single', main: { accountId: theatre.accountId, source: 'field', label: null }, second: null };
  });
  after(async () => {
    media.close();
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  const control = () => createSfuControl({ url: world.sfu.url, secret: world.sfu.secret });
  const order = async (): Promise<HlsState> => {
    const state = await control().orderStream(world.roomId, { program, since });
    return state ?? assert.fail('nobody is in the hall');
  };
  /** As a player that goes on asking: a fragment that came after those that were there. */
  const next = async (after = -1): Promise<HlsState['fragments'][number]> => {
    let found: HlsState['fragments'][number] | undefined;
    await eventually('another fragment', async () => {
      found = (await order()).fragments.find(({ number }) => number > after);
      return found !== undefined;
    });
    return found ?? assert.fail();
  };
  async function fetchFragment(name: string): Promise<Uint8Array> {
    return (await control().readFragment(world.roomId, name)) ?? assert.fail(`no ${name}`);
  }
  /** What a decoder finds in one fragment: mean brightness, mean loudness, seconds. */
  async function look(name: string): Promise<{ brightness: number; loudnessDb: number; frames: number }> {
    const { initName } = await order();
    const file = join(folder, name);
    await writeFile(file, Buffer.concat([await fetchFragment(initName ?? ''), await fetchFragment(name)]));
    const filters = ['-vf', 'signalstats,metadata=print:key=lavfi.signalstats.YAVG', '-af', 'volumedetect'];
    const { stderr } = await run('ffmpeg', ['-i', file, ...filters, '-f', 'null', '-']);
    const brightness = [...stderr.matchAll(/YAVG=([\d.]+)/g)].map(([, value]) => Number(value));
    return {
      brightness: Math.max(...brightness),
      loudnessDb: Number(/mean_volume: (-?[\d.]+) dB/.exec(stderr)?.[1]),
      frames: brightness.length,
    };
  }

  it('[SF61] has what is on air and the voices, in fragments that can each be played, in memory alone', async () => {
    assert.deepEqual((await order()).fragments, [], 'nothing is made before somebody needs it');
    let shown: Awaited<ReturnType<typeof look>> | undefined;
    let last = -1;
    await eventually('picture and sound', async () => {
      const { name, number } = await next(last);
      last = number;
      shown = await look(name);
      return shown.brightness > 60 && shown.loudnessDb > -50;
    });
    assert.equal(shown?.frames, 30);
    const numbers = (await order()).fragments.map(({ number }) => number);
    assert.deepEqual(
      numbers,
      [...numbers.keys()].map((index) => (numbers[0] ?? 0) + index),
      'without a gap',
    );
  });

  it('[SF61] has what comes in H.264 as it has what comes in VP8', async () => {
    await theatre.client.get('producer:create', {
      source: 'device',
      rtpParameters: media.add('video', 'h264').parameters,
      paused: false,
    });
    const vp8 = program;
    program = { ...vp8, main: { accountId: theatre.accountId, source: 'device', label: null } };
    let last = (await next()).number + 3;
    await eventually('the device is seen', async () => {
      const { name, number } = await next(last);
      last = number;
      return (await look(name)).brightness > 60;
    });
    program = vp8;
    await order();
  });

  it('[SF62] has none of what was made before everything was taken off air, and players see that they are to let go of it', async () => {
    const before = await order();
    assert.ok(before.fragments.length > 0);
    const onAir = program;
    program = { layout: 'single', main: null, second: null };
    const after = await order();
    assert.notEqual(after.initName, before.initName);
    for (const { name } of before.fragments) assert.equal(await control().readFragment(world.roomId, name), null);
    const { name, number } = await next();
    assert.ok((await look(name)).brightness <= BLACK_AT_MOST);
    program = onAir;
    const { initName } = await order();
    assert.equal(initName, after.initName, 'another picture takes nothing back');
    let last = number;
    await eventually('it goes on', async () => {
      const found = await next(last);
      last = found.number;
      return (await look(found.name)).brightness > 60;
    });
  });

  it('[SF62] has none of what was made before a cut, and is black and silent until its end', async () => {
    const before = (await order()).fragments;
    await world.sfu.sfu.cutHall(world.roomId, { picture: true, sound: true });
    for (const { name } of before) assert.equal(await control().readFragment(world.roomId, name), null);
    assert.deepEqual((await order()).fragments, []);
    const { name } = await next(before.at(-1)?.number);
    const { brightness, loudnessDb } = await look(name);
    assert.ok(brightness <= BLACK_AT_MOST, `black: ${brightness}`);
    assert.ok(loudnessDb <= SILENT_AT_MOST_DB, `silent: ${loudnessDb}`);
    await world.sfu.sfu.resumeHall(world.roomId, { number: 1, picture: true, sound: true });
    let last = -1;
    await eventually('it goes on', async () => {
      const found = await next(last);
      last = found.number;
      return (await look(found.name)).brightness > 60;
    });
  });

  it('[SF62] has nothing of what was taken back or rehearsed, and tells players by another name to let go of it', async () => {
    const takings = [
      async () => await control().takeStreamBack(world.roomId),
      async () => {
        since = new Date().toISOString();
      },
    ];
    for (const take of takings) {
      await next();
      const before = await order();
      await take();
      const after = await order();
      assert.deepEqual(after.fragments, []);
      assert.notEqual(after.initName, before.initName);
      for (const name of [before.initName ?? '', ...before.fragments.map((one) => one.name)])
        assert.equal(await control().readFragment(world.roomId, name), null);
      const { number } = await next();
      assert.ok(number >= after.oldestNumber && number > (before.fragments.at(-1)?.number ?? 0));
    }
    const before = await order();
    await control().orderStream(world.roomId, { program });
    assert.equal((await order()).initName, before.initName, 'a server that does not say since when takes nothing back');
  });

  it('[SF61] begins no other encoder for each order where one dies at once', async () => {
    const started = join(folder, 'started');
    await writeFile(join(folder, 'ffmpeg'), `#!/bin/sh\necho one >> ${started}\n`, { mode: 0o755 });
    const router = { observer: { once: () => undefined } } as unknown as Place['router'];
    const hls = new HallHls({ origin: { router } as Place, log: createLog('silent', 'hls'), peers: [] });
    const path = process.env['PATH'];
    process.env['PATH'] = `${folder}:${path}`;
    try {
      for (let orders = 0; orders < 20; orders += 1) {
        assert.deepEqual(hls.order({ program, since: null }).fragments, []);
        await delay(100);
      }
    } finally {
      process.env['PATH'] = path;
    }
    assert.equal(await readFile(started, 'utf8'), 'one\n');
  });

  it('[SF63] ends with the hall, and nothing can be had of it any more', async () => {
    const { initName, fragments } = await order();
    await world.sfu.sfu.endRoom(world.roomId);
    for (const name of [initName ?? '', ...fragments.map((one) => one.name)])
      assert.equal(await control().readFragment(world.roomId, name), null);
    assert.equal(await control().orderStream(world.roomId, { program, since }), null);
    const { stdout } = await run('pgrep', ['-f', 'frag_keyframe.*pipe:1']).catch(() => ({ stdout: '' }));
    const isOurs = await Promise.all(
      stdout
        .split('\n')
        .filter(Boolean)
        .map(async (pid) => (await run('ps', ['-o', 'ppid=', '-p', pid])).stdout.trim()),
    );
    assert.ok(!isOurs.includes(String(process.pid)), 'no encoder is left');
  });
});
