import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, type Person, receivedAudioBytes, setVisibility } from '../support/browser.ts';
import { eventually, rises } from '../support/eventually.ts';
import { zh } from '../support/zh.ts';
import { openRelay, type Relay } from './call-relay.ts';
import {
  FIELD_CAMERA,
  forgetSeen,
  ROOM_CAMERA,
  readPoster,
  SECRET,
  seenBy,
  watchForSecrets,
} from './theatre-cameras.ts';
import { becomesCamera } from './theatre-phone.ts';
import { type CameraShape, cameOut, giveShape, newestOf, watchStage } from './theatre-shapes.ts';
import { addCamera, becomes, drawMask, openTheatreSite, type TheatreSite } from './theatre-site.ts';
import { deskIn } from './viewer-desk.ts';

/** Carries a voice, and no picture that moves. */
const VOICE_ONLY_BPS = 70_000;
const PATIENCE_MS = 150_000;

describe('the operating theatre', function () {
  this.timeout(360_000);
  let site: TheatreSite;
  let watcherLine: Relay;
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser();
    site = await openTheatreSite(browser);
    watcherLine = await openRelay();
  });
  after(async () => {
    await browser?.close();
    watcherLine?.close();
    await site?.close();
  });

  const FIELD = zh('theatre:source.field');
  const posterOf = (demonstrationId: string, accountId: string) =>
    `/api/demonstrations/${demonstrationId}/poster?${new URLSearchParams({ accountId, source: 'field', label: FIELD })}`;
  const noSecret = async (people: Person[], when: string) => {
    for (const { page } of people) assert.equal((await seenBy(page)).secretFrames, 0, when);
  };
  const isSeenBy = async (page: Page, what: string) => {
    await forgetSeen(page);
    await eventually(`${what}: the field is seen`, async () => (await seenBy(page)).brightFrames > 5);
  };
  const isShown = (page: Page, shown: string) =>
    page.locator(`[data-testid="hall-picture"][data-source="field"][data-shown="${shown}"]`).first().waitFor();
  const isCutFor = async (page: Page) => {
    await isShown(page, 'cut');
    await forgetSeen(page);
    await page.waitForTimeout(200);
    const heardBytes = await receivedAudioBytes(page);
    await page.waitForTimeout(600);
    assert.equal((await seenBy(page)).brightFrames, 0, 'nothing of the field is seen once it is cut');
    assert.equal(await receivedAudioBytes(page), heardBytes, 'nor heard');
  };

  it('sends what it masks, is black rather than unmasked whatever happens, and cuts for everyone', async () => {
    const { demonstrationId, world } = await site.place('live');
    const theatre = await site.openTheatre(demonstrationId);
    const { page } = theatre;
    await page.evaluate(watchForSecrets, SECRET);
    await addCamera(page, FIELD_CAMERA, 'field');
    await addCamera(page, ROOM_CAMERA, 'room');
    await page.getByTestId('theatre-input').filter({ hasText: FIELD }).click();
    const side = (await page.locator('.theatre-side').boundingBox()) ?? assert.fail();
    const { height = 0 } = page.viewportSize() ?? {};
    assert.ok(
      side.y + side.height <= height && side.y < height / 4,
      'what stands beside the picture is reached by scrolling',
    );
    await eventually('the watch sees what is not masked', async () => (await seenBy(page)).secretFrames > 0);
    await drawMask(page);
    await page.getByRole('button', { name: zh('theatre:masks.zone', { number: 1 }) }).waitFor();
    await page.waitForTimeout(500);
    await page.evaluate(watchForSecrets, SECRET);

    // Not on air before the sound was heard, and before somebody said what is to be sent.
    const enter = page.getByRole('button', { name: zh('theatre:air.enter') });
    assert.equal(await enter.isDisabled(), true);
    await page.getByLabel(zh('theatre:inputs.send')).check();
    assert.equal(await enter.isDisabled(), true, 'the sound is not checked');
    await page.getByTestId('sound-check').getByRole('button').first().click();
    await page.getByRole('button', { name: zh('theatre:sound.confirm') }).click();
    await enter.click();
    await page.locator('[data-testid="air-sign"][data-sign="live"]').waitFor();

    const onAir = (source: 'field' | 'device', label: string) =>
      world.moderator.client.call('demonstration:program', {
        params: { demonstrationId },
        body: { layout: 'single', main: { accountId: world.surgeonId, source, label }, second: null },
      });
    await onAir('field', FIELD);
    const watcher = await site.openWatcher(demonstrationId, { line: watcherLine });
    await watcher.page.evaluate(watchForSecrets, SECRET);
    const both = [theatre, watcher];
    await isSeenBy(watcher.page, 'at first');
    await rises('what is heard of the theatre', 1_000, () => receivedAudioBytes(watcher.page));
    await eventually('the mask is black', async () => (await seenBy(watcher.page)).maskedFrames > 5);

    // Whoever's line carries no picture sees a still one of it, masked as it is sent.
    const poster = () =>
      watcher.page.evaluate(readPoster, { address: posterOf(demonstrationId, world.surgeonId), zone: SECRET });
    await eventually('there is a small picture', async () => (await poster()) !== null);
    const { sizeBytes, aspect, brightestMasked, green } = (await poster()) ?? assert.fail();
    assert.ok(sizeBytes <= 40_000 && Math.abs(aspect - 960 / 540) < 0.01, `${sizeBytes} bytes, ${aspect}`);
    assert.ok(brightestMasked < 12 && green > 60, `${brightestMasked} under the mask, ${green} beside it`);
    const setGrain = (isGrainy: boolean) => page.evaluate((wanted) => window.__computer.grain(wanted), isGrainy);
    await setGrain(true);
    watcherLine.down.rateBps = VOICE_ONLY_BPS;
    // A busy machine sends nothing at times, and the page cannot tell whose line it is then.
    const onPoorLine = watcher.page.locator('[data-shown="own-line"], [data-shown="their-line"]').getByTestId('poster');
    await onPoorLine.waitFor({ timeout: PATIENCE_MS });
    await setGrain(false);
    watcherLine.down.rateBps = Number.POSITIVE_INFINITY;
    await watcher.page.getByTestId('poster').waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    await isSeenBy(watcher.page, 'the line is good again');

    // The workers die, and others take their place; then these run, and do nothing.
    await page.evaluate(() => {
      for (const worker of window.__computer.workers) worker.terminate();
    });
    for (const harm of ['dies', 'stands still']) {
      if (harm === 'stands still')
        await page.evaluate(() => {
          for (const worker of window.__computer.workers) worker.postMessage({ kind: 'hold', holdMs: 3_000 });
        });
      await becomes(page, FIELD, 'black');
      await isShown(watcher.page, 'no-picture');
      await becomes(page, FIELD, 'masked');
      await isSeenBy(watcher.page, `the worker ${harm}`);
    }
    // The capture card is pulled out, and plugged in again.
    await page.evaluate((label) => window.__computer.plug(label, false), FIELD_CAMERA);
    await becomes(page, FIELD, 'unplugged');
    await isShown(watcher.page, 'no-picture');
    await watcher.page.getByText(zh('demonstrationHall:picture.no-picture')).first().waitFor();
    await page.evaluate((label) => window.__computer.plug(label, true), FIELD_CAMERA);
    await isSeenBy(watcher.page, 'the card is back');
    await noSecret(both, 'nothing of what is masked was ever seen');

    // A still goes into the case, as the camera gave it and as it was masked.
    await page.evaluate(() => window.__computer.freeze(true));
    await page.waitForTimeout(500);
    await page.getByTestId('still').click();
    await page.locator('[data-testid="still"][data-step="showable"]').waitFor();
    const still = await page.evaluate(([label, zone]) => window.__computer.compareStill(label, zone), [
      FIELD_CAMERA,
      SECRET,
    ] as const);
    assert.deepEqual(still, { size: still.cameraSize, cameraSize: [960, 540], changed: 0, worst: 0, notBlack: 0 });
    const { materials } = await world.doctor.call('consultation:read', {
      params: { consultationId: world.consultationId },
    });
    assert.deepEqual(
      materials.map(({ kind }) => kind),
      ['documents'],
    );
    await page.evaluate(() => window.__computer.freeze(false));
    // It can be shown to everybody at once, each from their own copy of its pixels.
    await page.getByTestId('showing-open').click();
    const [leads, follows] = [theatre, watcher].map((one) => deskIn(one.page, one.page.getByTestId('showing')));
    await leads?.whenFull();
    await page.getByTestId('take-over').click();
    await leads?.drag([0.4, 0.4], [0.6, 0.5]);
    await follows?.whenFull();
    assert.equal((await follows?.viewport())?.target.kind, 'documents');
    await page.getByTestId('showing-stop').click();
    await page.getByTestId('showing-close').click();
    // The surgeon draws on the live picture, and the watcher sees it there.
    await page
      .getByTestId('field-tools')
      .getByRole('button', { name: zh('showing:field.stroke') })
      .click();
    const box = (await page.getByTestId('field-layer').boundingBox()) ?? assert.fail();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.6, { steps: 5 });
    await page.mouse.up();
    await watcher.page.getByTestId('field-stroke').waitFor({ state: 'attached' });
    await page
      .getByTestId('field-tools')
      .getByRole('button', { name: zh('showing:field.clear') })
      .click();
    await watcher.page.getByTestId('field-stroke').waitFor({ state: 'detached' });
    await page
      .getByTestId('field-tools')
      .getByRole('button', { name: zh('showing:field.stroke') })
      .click();

    // A telephone joins as a camera: what it sees is masked here before anybody else sees it.
    await becomesCamera({ site, page, watcher: watcher.page, onAir });
    await onAir('field', FIELD);

    // The patient's advocate cuts from a telephone, and lets go again.
    const phone = await site.openPhone(demonstrationId);
    await phone.page.getByRole('button', { name: zh('theatre:cut.all') }).click();
    await isCutFor(watcher.page);
    assert.equal(await poster(), null, 'nor is there a still picture of it any more');
    await page.locator('[data-testid="air-sign"][data-sign="cut"]').waitFor();
    const isSentAs = (sent: string) =>
      page
        .getByTestId('theatre-input')
        .filter({ hasText: FIELD })
        .and(page.locator(`[data-sent="${sent}"]`))
        .waitFor();
    await isSentAs('cut');
    const resume = phone.page.getByRole('button', { name: zh('theatre:cut.resume') });
    // Whoever presses twice by a slip of the hand puts nobody on air.
    await resume.dblclick({ position: { x: ((await resume.boundingBox())?.width ?? 0) - 20, y: 20 } });
    await isCutFor(watcher.page);
    await phone.page.locator('[data-testid="cut-switch"][data-cut="all"]').waitFor();
    await phone.page.getByRole('button', { name: zh('theatre:cut.confirmResume') }).click();
    await isSeenBy(watcher.page, 'the advocate let go');
    await isSentAs('on');
    await phone.context.close();

    // With the server down the key in the theatre cuts, and ends the cut.
    await site.stopServer();
    await page.locator('body').click({ position: { x: 5, y: 5 } });
    await page.keyboard.down('Space');
    await page.locator('[data-testid="cut-switch"][data-cut="all"]').waitFor();
    await page.keyboard.up('Space');
    await isCutFor(watcher.page);
    await page.getByRole('button', { name: zh('theatre:cut.resume') }).click();
    await page.getByRole('button', { name: zh('theatre:cut.confirmResume') }).click();
    await isSeenBy(watcher.page, 'the theatre let go');
    await noSecret(both, 'to the end');
    for (const { context } of both) await context.close();
  });

  it('masks on the page where the browser hands no pictures to a worker, and is black behind other windows', async () => {
    const { demonstrationId } = await site.place('enrolling');
    const { page, context, faults } = await site.openTheatre(demonstrationId, { withoutWorker: true });
    await addCamera(page, FIELD_CAMERA, 'field');
    await drawMask(page);
    await page.waitForTimeout(500);
    await page.evaluate(watchForSecrets, SECRET);
    await isSeenBy(page, 'at first');
    await setVisibility(page, 'hidden');
    await becomes(page, FIELD, 'black');
    await setVisibility(page, 'visible');
    await becomes(page, FIELD, 'masked');
    await isSeenBy(page, 'in front again');
    assert.equal((await seenBy(page)).secretFrames, 0, 'nothing of what is masked was seen');
    // The computer is started anew: the mask is there before the picture.
    await page.reload();
    await page.evaluate(watchForSecrets, SECRET);
    await isSeenBy(page, 'after a reload');
    assert.equal((await seenBy(page)).secretFrames, 0, 'nor after a reload');
    assert.deepEqual(faults, []);
    await context.close();
  });

  it('is black where the picture comes in another shape than the masks were drawn for, until somebody draws them anew', async () => {
    const wide: CameraShape = { width: 960, height: 540, secretAt: SECRET };
    // Its middle, as a camera gives that is asked for 4 by 3: what must be masked lies elsewhere.
    const cropped: CameraShape = { width: 720, height: 540, secretAt: { ...SECRET, x: 0, width: 0.366 } };
    const { demonstrationId } = await site.place('enrolling');
    const { page, context, faults } = await site.openTheatre(demonstrationId, { shape: wide });
    await addCamera(page, FIELD_CAMERA, 'field');
    const comes = (what: string) => eventually(`pictures are ${what}`, async () => (await newestOf(page)) === what);
    await watchStage(page);
    await comes('secret');
    await drawMask(page);
    await comes('seen');
    await cameOut(page);
    await page.getByLabel(zh('theatre:inputs.send')).check();
    await giveShape(page, { ...wide, width: 1280, height: 720 });
    await eventually('the larger ones come', async () => (await cameOut(page)).sizes.includes('1280x720'));
    await comes('seen');
    for (const other of [cropped, { ...wide, rotation: 90 }, { ...wide, rotation: 180 }] as const) {
      await giveShape(page, other);
      await comes('black');
      await becomes(page, FIELD, 'reshaped');
      await giveShape(page, wide);
      await becomes(page, FIELD, 'masked');
      await comes('seen');
      const { frames, secret } = await cameOut(page);
      assert.ok(frames > 0 && secret === 0, `${secret} of ${frames} pictures, ${JSON.stringify(other)}`);
    }
    await giveShape(page, cropped);
    await becomes(page, FIELD, 'reshaped');
    assert.equal((await cameOut(page)).secret, 0);
    await page.getByRole('button', { name: zh('theatre:masks.zone', { number: 1 }) }).press('ArrowLeft');
    await becomes(page, FIELD, 'masked');
    assert.equal(await page.getByLabel(zh('theatre:inputs.send')).isChecked(), false, 'somebody looks at it first');
    assert.deepEqual(faults, []);
    await context.close();
  });
});
