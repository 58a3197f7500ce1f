import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { findWorkerBin } from '../../sfu/worker/find-worker.ts';
import {
  carrySession,
  decodedFrames,
  launchBrowser,
  openPerson,
  type Person,
  type PersonOptions,
} from '../support/browser.ts';
import { acceptCase, draftCase, meetCase } from '../support/case-journey.ts';
import { rises } from '../support/eventually.ts';
import { uploadFile } from '../support/images.ts';
import { oneCallAtATime } from '../support/one-call-at-a-time.ts';
import { slicesNaming } from '../support/series-by-hand.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { waveformByHand } from '../support/waveform-by-hand.ts';
import { wsiByHand } from '../support/wsi-by-hand.ts';
import { zh } from '../support/zh.ts';
import { writeVoice } from './call-voice.ts';

describe('before and in the room, whatever the computer has', function () {
  this.timeout(90_000);
  oneCallAtATime();
  let server: RunningServer;
  let folder: string;
  let voice: string;
  const browsers: Browser[] = [];
  const called: string[] = [];

  before(async () => {
    server = await startServer();
    folder = await mkdtemp(join(tmpdir(), 'huizhen-voice-'));
    voice = join(folder, 'voice.wav');
    await writeVoice(voice);
  });
  after(async () => {
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await Promise.all(browsers.splice(0).map((browser) => browser.close()));
    // A call that goes on would ring in the next test.
    const specialist = await server.signIn('specialist');
    for (const consultationId of called.splice(0)) await specialist.ask('call:end', { params: { consultationId } });
  });

  async function launch(...flags: string[]): Promise<Browser> {
    const browser = await launchBrowser(flags);
    browsers.push(browser);
    return browser;
  }
  async function arrive(browser: Browser, account: string, id: string, options: PersonOptions = {}): Promise<Person> {
    const { cookie } = await server.signIn(account);
    const person = await openPerson(browser, server.url, options);
    await carrySession(person.context, cookie, server.url);
    if (options.language === 'en')
      await person.context.addInitScript(() => localStorage.setItem('huizhen.language', 'en'));
    await person.page.goto(`/consultations/${id}/room`);
    return person;
  }
  const meet = async () => {
    const [requester, specialist] = await Promise.all([server.signIn('county-doctor'), server.signIn('specialist')]);
    const { consultationId } = await meetCase(requester, specialist);
    called.push(consultationId);
    return consultationId;
  };
  const enter = async ({ page }: Person) => {
    await page.getByTestId('room-enter').click();
    await page.getByTestId('room').waitFor();
  };

  it('shows the picture, measures the voice, plays a tone, and tells how the network is', async () => {
    const { page } = await arrive(
      await launch(`--use-file-for-fake-audio-capture=${voice}`),
      'county-doctor',
      await meet(),
    );
    await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
    await page.waitForFunction(
      () => Number(document.querySelector('[role=meter]')?.getAttribute('aria-valuenow')) > 20,
    );
    await page.locator('[data-testid="network"][data-state="good"]').waitFor();
    await page.getByTestId('test-tone').click();
    await page.getByTestId('test-tone').getByText('正在播放').waitFor();
    await page.getByTestId('test-tone').getByText(zh('call:tone')).waitFor();
  });

  it('leaves the line to the check of camera and microphone: no picture is asked for before one enters', async () => {
    const [requester, specialist] = await Promise.all([server.signIn('county-doctor'), server.signIn('specialist')]);
    const { consultationId, version } = await draftCase(requester);
    const patient = { name: 'Zhang^JianGuo', id: 'P001', birthDate: '19600229', sex: 'M' };
    const lead = { lead: 1, sensitivity: '1', unit: 'uV' };
    const files = [
      ...slicesNaming(81, [patient, patient]),
      waveformByHand([{ channels: [lead], counts: [new Array<number>(5000).fill(0)] }], {
        studyInstanceUid: '2.25.82',
      }),
      wsiByHand({
        width: 64,
        height: 64,
        tile: 64,
        frames: [[new Uint8Array(64 * 64)]],
        instance: '2.25.831',
        study: '2.25.83',
      }),
    ];
    for (const file of files) await uploadFile(requester, consultationId, file);
    await requester.call('consultation:submit', { params: { consultationId }, body: { version } });
    const { version: submitted, materials } = await specialist.call('consultation:read', {
      params: { consultationId },
    });
    assert.deepEqual(materials.map(({ kind }) => kind).sort(), ['ecg', 'imaging', 'pathology']);
    await specialist.call('consultation:accept', { params: { consultationId }, body: { version: submitted } });
    await specialist.call('call:start', { params: { consultationId } });
    called.push(consultationId);

    const { context, page } = await openPerson(await launch(), server.url);
    await carrySession(context, requester.cookie, server.url);
    const pictures: string[] = [];
    const isPicture = (path: string) => /\/(dicomweb|ecgs|slides|documents|key-images)(\/|$)/.test(path);
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (isPicture(pathname)) pictures.push(pathname);
    });
    await page.goto(`/consultations/${consultationId}/room`);
    await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
    await page.locator('[data-testid="network"][data-state="good"]').waitFor();
    await page.waitForLoadState('networkidle');
    assert.equal(pictures.join(' '), '');
    await page.getByTestId('room-enter').click();
    await page.locator('[data-testid="review-stage"][data-quality="full"]').waitFor();
    assert.ok(
      pictures.some((path) => path.includes('/frames/')),
      'once inside they are asked for',
    );
  });

  it('starts the call from here, and wakes a page that waited for it', async () => {
    const browser = await launch();
    const [requester, specialist] = await Promise.all([server.signIn('county-doctor'), server.signIn('specialist')]);
    const { consultationId } = await acceptCase(requester, specialist);
    called.push(consultationId);
    const waiting = await arrive(browser, 'county-doctor', consultationId);
    await waiting.page.locator('[data-testid="preview"][data-call="none"]').waitFor();
    const starting = await arrive(browser, 'specialist', consultationId);
    await starting.page.getByTestId('room-enter').getByText(zh('room:preview.start')).waitFor();
    await enter(starting);
    await waiting.page.locator('[data-testid="preview"][data-call="active"]').waitFor();
    await waiting.page.getByTestId('present').getByText('陈致远').waitFor();
    await enter(waiting);
    await starting.page.getByTestId('tile').waitFor();
  });

  it('says how long video is still being prepared, and lets the call begin by itself when it is ready', async () => {
    let finish = (): void => assert.fail('nobody makes a worker');
    const fresh = await startServer({
      makeWorkerBin: (onLeft) => {
        onLeft(130);
        return new Promise((resolve) => {
          finish = () => resolve(findWorkerBin());
        });
      },
    });
    try {
      const [requester, specialist] = await Promise.all([fresh.signIn('county-doctor'), fresh.signIn('specialist')]);
      const { consultationId } = await acceptCase(requester, specialist);
      const { context, page } = await openPerson(await launch(), fresh.url);
      await carrySession(context, specialist.cookie, fresh.url);
      await page.goto(`/consultations/${consultationId}/room`);
      const button = page.getByTestId('room-enter');
      await button.getByText('视频正在准备，约 3 分钟').waitFor();
      assert.ok(await button.isDisabled());
      await page.evaluate(() => Object.assign(window, { isTheSamePage: true }));
      finish();
      await button.getByText(zh('room:preview.start')).waitFor();
      await button.click();
      await page.getByTestId('room').waitFor();
      assert.ok(await page.evaluate(() => 'isTheSamePage' in window));
    } finally {
      await fresh.close();
    }
  });

  it('remembers the devices and what was off', async () => {
    const { page } = await arrive(
      await launch('--use-fake-device-for-media-stream=device-count=3'),
      'county-doctor',
      await meet(),
    );
    const camera = page.getByTestId('picker-camera');
    await camera.locator('option', { hasText: 'fake_device_2' }).waitFor({ state: 'attached' });
    await camera.selectOption({ label: 'fake_device_2' });
    await page.locator('.preview').click({ position: { x: 5, y: 5 } });
    await page.keyboard.press('m');
    await page.reload();
    // By its name: a browser may give a device another ID on each visit.
    await page.waitForFunction(() => {
      const picker = document.querySelector('[data-testid="picker-camera"]');
      return picker instanceof HTMLSelectElement && picker.selectedOptions[0]?.label === 'fake_device_2';
    });
    await page.locator('[data-testid="toggle-microphone"][aria-pressed="false"]').waitFor();
  });

  it('changes the camera in the middle of the call without a gap for the other', async () => {
    const id = await meet();
    const browser = await launch('--use-fake-device-for-media-stream=device-count=3');
    const [county, expert] = [await arrive(browser, 'county-doctor', id), await arrive(browser, 'specialist', id)];
    await enter(county);
    await enter(expert);
    await rises('pictures of the first camera', 20, () => decodedFrames(expert.page));
    await county.page.getByTestId('open-devices').click();
    // Chromium's second fake camera gives depth pictures, which no codec takes.
    await county.page.getByTestId('picker-camera').selectOption({ label: 'fake_device_2' });
    await county.page.waitForFunction(() => {
      const video = document.querySelector('[data-testid="self-tile"] video');
      const stream = video instanceof HTMLVideoElement ? video.srcObject : null;
      return stream instanceof MediaStream && stream.getVideoTracks()[0]?.label === 'fake_device_2';
    });
    await rises('pictures of the second camera', 20, () => decodedFrames(expert.page));
    assert.equal(await expert.page.getByTestId('tile').getAttribute('data-picture'), 'live');
  });

  it('offers one button where the browser blocks the sound, and plays after it', async () => {
    const id = await meet();
    const browser = await launch();
    const expert = await arrive(browser, 'specialist', id);
    await enter(expert);
    const county = await arrive(browser, 'county-doctor', id);
    await county.page.evaluate(() => {
      const { play } = HTMLAudioElement.prototype;
      HTMLAudioElement.prototype.play = () => Promise.reject(new DOMException('no gesture', 'NotAllowedError'));
      // As a browser does: the click is what lets it play.
      window.addEventListener(
        'click',
        ({ target }) => {
          if (target instanceof Element && target.closest('[data-testid="enable-sound"]'))
            HTMLAudioElement.prototype.play = play;
        },
        true,
      );
    });
    await enter(county);
    await county.page.getByTestId('enable-sound').click();
    await county.page.waitForFunction(() => {
      const voice = document.querySelector('[data-testid="voice"]');
      return voice instanceof HTMLAudioElement && !voice.paused && voice.currentTime > 0;
    });
    assert.equal(await county.page.getByTestId('enable-sound').count(), 0);
  });

  it('lets a person without camera and microphone in, to see and to hear', async () => {
    const id = await meet();
    const expert = await arrive(await launch(), 'specialist', id);
    await enter(expert);
    const listener = await arrive(
      await launch('--use-fake-device-for-media-stream=device-count=0'),
      'county-doctor',
      id,
    );
    const { page } = listener;
    await page.locator('[data-testid="fault-camera"][data-fault="not-found"]').waitFor();
    await page.getByTestId('room-enter').waitFor();
    await enter(listener);
    await page.locator('[data-testid="tile"][data-picture="live"]').waitFor();
    await expert.page.locator('[data-testid="tile"][data-picture="off"]').waitFor();
    assert.deepEqual(listener.faults, []);
  });

  it('explains a refused permission in both languages, and lets the person in all the same', async () => {
    const browser = await launch('--use-fake-ui-for-media-stream=deny');
    const id = await meet();
    for (const [language, words] of [
      ['zh-CN', zh('call:fault.camera.denied.title')],
      ['en', 'The browser has no permission to use the camera'],
    ] as const) {
      const person = await arrive(browser, 'county-doctor', id, { language });
      const { page } = person;
      await page.locator('[data-testid="fault-camera"][data-fault="denied"]').getByText(words).waitFor();
      await page.locator('[data-testid="fault-microphone"][data-fault="denied"]').waitFor();
      await enter(person);
      await person.context.close();
    }
  });

  describe('the arrangement', () => {
    const boxes = (page: Page) =>
      page.evaluate(() =>
        ['.room-bar', '.room-images', '.room-people', '.room-under', '.side-tabs'].map((selector) => {
          const { left, top, right, bottom } =
            document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
          return { selector, left, top, right, bottom };
        }),
      );
    async function assertTidy(page: Page, what: string): Promise<void> {
      const parts = await boxes(page);
      const { width = 0, height = 0 } = page.viewportSize() ?? {};
      for (const [index, one] of parts.entries()) {
        assert.ok(one.right > one.left && one.bottom > one.top, `${what}: ${one.selector} is there`);
        assert.ok(one.right <= width + 0.5 && one.bottom <= height + 0.5, `${what}: ${one.selector} is on the screen`);
        for (const other of parts.slice(index + 1)) {
          const apart =
            one.right <= other.left + 0.5 ||
            other.right <= one.left + 0.5 ||
            one.bottom <= other.top + 0.5 ||
            other.bottom <= one.top + 0.5;
          assert.ok(apart, `${what}: ${one.selector} and ${other.selector} do not overlap`);
        }
      }
      const scrolls = await page.evaluate(() => {
        const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
        return scrollWidth > clientWidth || scrollHeight > clientHeight;
      });
      assert.equal(scrolls, false, `${what}: no scroll bars`);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('.room-control, .side-tabs-list button')]
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .map((element) => element.textContent),
      );
      assert.deepEqual(cut, [], `${what}: no label is cut off`);
    }

    for (const [width, height] of [
      [1366, 768],
      [1920, 1080],
    ] as const)
      for (const language of ['zh-CN', 'en'] as const)
        it(`has room for everything at ${width}×${height} in ${language}, also swapped`, async () => {
          const person = await arrive(await launch(), 'specialist', await meet(), { width, height, language });
          const { page } = person;
          await page.getByTestId('room-enter').waitFor();
          assert.equal(
            await page.evaluate(() => document.documentElement.scrollHeight > innerHeight),
            false,
            'the preview fits',
          );
          await enter(person);
          await assertTidy(page, 'as it opens');
          const images = (await boxes(page))[1];
          assert.ok(images && images.right - images.left > width * 0.6, 'the images take the most space');
          await page.getByTestId('tab-opinion').click();
          await assertTidy(page, 'with the opinion');
          await page.getByTestId('swap').click();
          await assertTidy(page, 'swapped');
        });

    it('is changed by mouse and by keys, within limits, and remembered', async () => {
      const person = await arrive(await launch(), 'county-doctor', await meet());
      await enter(person);
      const { page } = person;
      const separator = page.getByTestId('room-separator');
      const width = async () => Number(await separator.getAttribute('aria-valuenow'));
      const before = await width();
      await separator.focus();
      await page.keyboard.press('ArrowLeft');
      assert.equal(await width(), before + 24);
      await page.keyboard.press('Home');
      assert.equal(await width(), 300);
      await assertTidy(page, 'as narrow as it gets');
      await page.keyboard.press('End');
      const most = await width();
      const box = (await separator.boundingBox()) ?? assert.fail();
      await page.mouse.move(box.x + 3, 400);
      await page.mouse.down();
      await page.mouse.move(box.x + 203, 400, { steps: 4 });
      await page.mouse.up();
      assert.equal(await width(), most - 200);
      await page.getByTestId('swap').click();
      await page.reload();
      await enter(person);
      assert.equal(await width(), most - 200);
      await page.locator('.room-main[data-swapped="true"]').waitFor();
    });

    it('shows one tile on the full screen by double click, and back by key', async () => {
      const id = await meet();
      const browser = await launch();
      const [one, other] = [await arrive(browser, 'specialist', id), await arrive(browser, 'county-doctor', id)];
      await enter(one);
      await enter(other);
      const tile = one.page.getByTestId('tile');
      await tile.locator('video').waitFor();
      await tile.dblclick();
      await one.page.waitForFunction(() => document.fullscreenElement?.getAttribute('data-testid') === 'tile');
      await tile.press('f');
      await one.page.waitForFunction(() => document.fullscreenElement === null);
    });
  });
});
