import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import * as mediasoup from 'mediasoup';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import type { SfuNotice, SfuNoticeName } from '../../sfu/contract/messages.ts';
import { CHROMIUM_BIN } from '../support/browser.ts';
import { tokenFor } from '../support/sfu-client.ts';
import { type RunningSfu, startSfu } from '../support/start-sfu.ts';
import type { Arrived } from './browser-page.ts';

const GRACE_MS = 500;
/** A browser that shares two cores with others may drop its highest layer for ten seconds at the start. */
const PATIENCE_MS = 30_000;

describe('media through the sfu, between two real browsers', function () {
  this.timeout(180_000);
  let sfu: RunningSfu;
  let browser: Browser;
  let script: string;
  let sender: Page;
  let receiver: Page;
  const workers: mediasoup.types.Worker[] = [];
  const transports: mediasoup.types.WebRtcTransport[] = [];
  const remember = (worker: mediasoup.types.Worker) => {
    workers.push(worker);
    worker.observer.on('newrouter', (router) => {
      router.observer.on('newtransport', (transport) => transports.push(transport as mediasoup.types.WebRtcTransport));
    });
  };

  before(async () => {
    mediasoup.observer.on('newworker', remember);
    sfu = await startSfu({ graceMs: GRACE_MS });
    script = await bundle();
    browser = await chromium.launch({
      executablePath: CHROMIUM_BIN,
      args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
    });
  });
  after(async () => {
    mediasoup.observer.off('newworker', remember);
    await browser.close();
    await sfu.close();
  });
  beforeEach(async () => {
    transports.length = 0;
    const roomId = randomUUID();
    [sender, receiver] = [await openPage(roomId), await openPage(roomId)];
    await sender.evaluate(() => window.call.publish());
    await until(
      () => receiver.evaluate(() => window.call.notices.filter(({ name }) => name === 'producer:created').length),
      (count) => count === 2,
    );
    await receiver.evaluate(() => window.call.consumeAll());
  });
  afterEach(async () => {
    await sender.close();
    await receiver.close();
  });

  async function openPage(roomId: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(`${sfu.url}/healthz`);
    await page.addScriptTag({ content: script });
    const token = tokenFor(roomId, sfu.secret);
    await page.evaluate(([url, signed]) => window.call.enter(url, signed), [sfu.url, token] as const);
    return page;
  }

  async function arrived(kind: 'audio' | 'video'): Promise<Arrived> {
    const all = await receiver.evaluate(() => window.call.arrived());
    return all.find((entry) => entry.kind === kind) ?? assert.fail(`no ${kind}`);
  }

  function heard<N extends SfuNoticeName>(page: Page, wanted: N): Promise<SfuNotice<N>[]> {
    return page.evaluate(
      (name) => window.call.notices.filter((entry) => entry.name === name).map((entry) => entry.notice),
      wanted,
    ) as Promise<SfuNotice<N>[]>;
  }

  /** Both voice and picture come in, more and more. */
  async function flows(): Promise<void> {
    const before = { audio: await arrived('audio'), video: await arrived('video') };
    await until(
      () => arrived('video'),
      ({ framesDecoded }) => framesDecoded > before.video.framesDecoded + 10,
    );
    await until(
      () => arrived('audio'),
      ({ packets }) => packets > before.audio.packets + 10,
    );
  }

  it('[SF21] nothing flows before the receiver is ready, then voice and picture do', async () => {
    assert.deepEqual([(await arrived('audio')).packets, (await arrived('video')).packets], [0, 0]);
    await receiver.evaluate(() => window.call.resumeAll());
    await flows();
  });

  it('[SF24] the picture grows by itself to what the line carries, and follows the receiver’s choice', async () => {
    await receiver.evaluate(() => window.call.resumeAll());
    await until(
      () => arrived('video'),
      ({ frameHeight }) => frameHeight === 720,
    );
    await receiver.evaluate(() => window.call.preferLayer(0));
    await until(
      () => arrived('video'),
      ({ frameHeight }) => frameHeight === 180,
    );
    const layers = (await heard(receiver, 'consumer:layers-changed')).map((notice) => notice.layers?.spatialLayer);
    assert.deepEqual([layers.includes(2), layers.at(-1)], [true, 0], `told ${layers.join(', ')}`);
  });

  it('[SF24] on a line that cannot carry any picture the voice goes on, and the receiver is told', async () => {
    await receiver.evaluate(() => window.call.resumeAll());
    await flows();
    const consuming = await Promise.all(transports.map(async (one) => (await one.dump()).consumerIds.length > 0));
    const downlink = transports[consuming.indexOf(true)] ?? assert.fail('nobody consumes');
    await downlink.setMaxOutgoingBitrate(40_000);
    await until(
      () => heard(receiver, 'consumer:layers-changed'),
      (notices) => notices.at(-1)?.layers === null,
    );
    const { packets } = await arrived('audio');
    await until(
      () => arrived('audio'),
      (now) => now.packets > packets + 50,
    );
    await downlink.setMaxOutgoingBitrate(0);
    await until(
      () => heard(receiver, 'consumer:layers-changed'),
      (notices) => notices.at(-1)?.layers !== null,
    );
    await flows();
  });

  it('[SF15] who can still be seen and heard stays without signalling, and is gone when that ends', async () => {
    await receiver.evaluate(() => window.call.resumeAll());
    await flows();
    await sender.evaluate(() => window.call.loseSignalling());
    await until(
      () => heard(receiver, 'peer:away'),
      (notices) => notices.length === 1,
    );
    await new Promise((resolve) => setTimeout(resolve, 3 * GRACE_MS));
    await flows();
    assert.deepEqual(await heard(receiver, 'peer:left'), []);
    await sender.close();
    await until(
      () => heard(receiver, 'peer:left'),
      (notices) => notices.length === 1,
    );
  });

  it('[SF25] after an ICE restart media goes on over the same transports', async () => {
    await receiver.evaluate(() => window.call.resumeAll());
    await flows();
    await sender.evaluate(() => window.call.restartIce());
    await receiver.evaluate(() => window.call.restartIce());
    await flows();
  });

  it('[SF26] who speaks is named, and how loud', async () => {
    // The fake microphone beeps once a second.
    const [first] = await until(
      () => heard(receiver, 'speaker:changed'),
      (notices) => notices.length > 0,
    );
    const [seen] = await heard(sender, 'peer:joined');
    assert.ok(first?.peerId && first.peerId !== seen?.peerId);
    const levels = await until(
      () => heard(receiver, 'levels:changed'),
      // A level that is taken between two beeps is nearly silence.
      (notices) => notices.some((notice) => notice.levels.some(({ levelDbov }) => levelDbov > -70)),
    );
    const told = levels.flatMap((notice) => notice.levels);
    assert.ok(
      told.every(({ peerId, levelDbov }) => peerId === first.peerId && levelDbov <= 0),
      JSON.stringify(told),
    );
  });

  it('[SF28] after the media worker was killed, voice and picture come back by themselves', async () => {
    await receiver.evaluate(() => window.call.resumeAll());
    await flows();
    process.kill(workers.at(-1)?.pid ?? assert.fail('no worker'), 'SIGKILL');
    await until(
      () => heard(receiver, 'room:rejoin'),
      (notices) => notices.length === 1,
    );
    await until(
      () => receiver.evaluate(() => window.call.arrived()),
      (all) => all.length === 2,
    );
    await flows();
  });
});

/** Asks again until the answer fits. */
async function until<T>(ask: () => Promise<T>, fits: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await ask();
    if (fits(value)) return value;
    if (Date.now() > deadline) throw new Error(`not reached; the last was ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The page's program as one script. */
async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('browser-page.ts', import.meta.url));
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'page' } },
  });
  const [first] = [output].flat();
  const chunk = first && 'output' in first ? first.output.find((part) => part.type === 'chunk') : undefined;
  return chunk?.type === 'chunk' ? chunk.code : assert.fail('nothing was bundled');
}
