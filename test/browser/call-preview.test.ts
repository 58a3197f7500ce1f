import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findWorkerBin } from '../../sfu/worker/find-worker.ts';
import { carrySession, decodedFrames, openPerson } from '../support/browser.ts';
import { acceptCase, draftCase } from '../support/case-journey.ts';
import { rises } from '../support/eventually.ts';
import { uploadFile } from '../support/images.ts';
import { slicesNaming } from '../support/series-by-hand.ts';
import { startServer } from '../support/start-server.ts';
import { waveformByHand } from '../support/waveform-by-hand.ts';
import { wsiByHand } from '../support/wsi-by-hand.ts';
import { zh } from '../support/zh.ts';
import { useCallPeople } from './call-people.ts';
import { writeVoice } from './call-voice.ts';

describe('before and in the room, whatever the computer has', function () {
  this.timeout(180_000);
  const people = useCallPeople();
  const { launch, arrive, meet, enter, called } = people;
  let folder: string;
  let voice: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huizhen-voice-'));
    voice = join(folder, 'voice.wav');
    await writeVoice(voice);
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });
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
    await page.getByTestId('test-tone').getByText(zh('call:tonePlaying')).waitFor();
    await page.getByTestId('test-tone').getByText(zh('call:tone')).waitFor();
  });

  it('leaves the line to the check of camera and microphone: no picture is asked for before one enters', async () => {
    const [requester, specialist] = await Promise.all([
      people.server.signIn('county-doctor'),
      people.server.signIn('specialist'),
    ]);
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

    const { context, page } = await openPerson(await launch(), people.server.url);
    await carrySession(context, requester.cookie, people.server.url);
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
    await page.locator('[data-testid="review-lightbox"][data-quality="full"]').waitFor();
    assert.ok(
      pictures.some((path) => path.includes('/frames/')),
      'once inside they are asked for',
    );
  });

  it('starts the call from here, and wakes a page that waited for it', async () => {
    const browser = await launch();
    const [requester, specialist] = await Promise.all([
      people.server.signIn('county-doctor'),
      people.server.signIn('specialist'),
    ]);
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
      await button.getByText(zh('room:preview.mediaPreparing', { count: 3 })).waitFor();
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
});
