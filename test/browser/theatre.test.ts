import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { carrySession, launchBrowser, openPerson, type Person } from '../support/browser.ts';
import { type DemonstrationWorld, openDemonstrationWorld, placeDemonstration } from '../support/demonstration-world.ts';
import { eventually } from '../support/eventually.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import {
  FIELD_CAMERA,
  installCameras,
  letMaskingBeHeld,
  ROOM_CAMERA,
  SECRET,
  watchForSecrets,
} from './theatre-cameras.ts';

interface Seen {
  secretFrames: number;
  maskedFrames: number;
  brightFrames: number;
}

describe('the operating theatre', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let browser: Browser;
  let world: DemonstrationWorld;

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
    world = await openDemonstrationWorld(server);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  async function openTheatre(): Promise<Person> {
    const { demonstrationId } = await placeDemonstration(world, 'enrolling');
    const person = await openPerson(browser, server.url);
    await carrySession(person.context, world.surgeon.cookie, server.url);
    // What tsx wraps named functions in.
    await person.context.addInitScript('globalThis.__name = (target) => target');
    await person.context.addInitScript(installCameras, [FIELD_CAMERA, ROOM_CAMERA]);
    await letMaskingBeHeld(person.page);
    await person.page.goto(`/demonstrations/${demonstrationId}/theatre`);
    return person;
  }

  const seenBy = (page: Page) => page.evaluate(() => Reflect.get(window, '__seen') as Seen);
  const forget = (page: Page) => page.evaluate(() => Object.assign(Reflect.get(window, '__seen'), { brightFrames: 0 }));
  const input = (page: Page, name: string) => page.getByTestId('theatre-input').filter({ hasText: name });
  const becomes = (page: Page, name: string, picture: string) =>
    input(page, name)
      .and(page.locator(`[data-picture="${picture}"]`))
      .waitFor();

  async function addCamera(page: Page, device: string, shows: 'field' | 'room'): Promise<void> {
    await page.getByLabel(zh('theatre:add.device')).selectOption({ label: device });
    await page.getByLabel(zh('theatre:add.shows')).selectOption({ value: shows });
    await page.getByRole('button', { name: zh('theatre:add.camera') }).click();
    await becomes(page, zh(`theatre:source.${shows}`), 'masked');
  }

  /** Over what must not be seen, a little larger. */
  async function drawMask(page: Page): Promise<void> {
    const box = await page.getByTestId('mask-editor').boundingBox();
    assert.ok(box);
    const [left, top] = [box.x + (SECRET.x - 0.02) * box.width, box.y + (SECRET.y - 0.02) * box.height];
    await page.mouse.move(left, top);
    await page.mouse.down();
    await page.mouse.move(left + 40, top + 40);
    await page.mouse.move(left + (SECRET.width + 0.04) * box.width, top + (SECRET.height + 0.04) * box.height);
    await page.mouse.up();
  }

  it('masks what nobody may see, and is black rather than unmasked whatever becomes of the mask', async () => {
    const { page, faults, context } = await openTheatre();
    const field = zh('theatre:source.field');
    await addCamera(page, FIELD_CAMERA, 'field');
    await drawMask(page);
    await page.getByRole('button', { name: zh('theatre:masks.zone', { number: 1 }) }).waitFor();
    await page.waitForTimeout(500);
    await page.evaluate(watchForSecrets, SECRET);
    await eventually('the field is seen', async () => (await seenBy(page)).brightFrames > 5);
    await eventually('the mask is black', async () => (await seenBy(page)).maskedFrames > 5);

    // The worker dies, and another one takes its place.
    await page.evaluate(() => window.__computer.workers.at(-1)?.terminate());
    await becomes(page, field, 'black');
    await page.getByText(zh('theatre:pictureHelp.black')).waitFor();
    await becomes(page, field, 'masked');
    // It runs, and does nothing.
    await page.evaluate(() => window.__computer.workers.at(-1)?.postMessage({ kind: 'hold', holdMs: 3_000 }));
    await becomes(page, field, 'black');
    await becomes(page, field, 'masked');
    // The capture card is pulled out, and plugged in again.
    await page.evaluate((label) => window.__computer.plug(label, false), FIELD_CAMERA);
    await becomes(page, field, 'unplugged');
    await page.evaluate((label) => window.__computer.plug(label, true), FIELD_CAMERA);
    await becomes(page, field, 'masked');
    // The computer is started anew: the mask is there before the picture.
    await forget(page);
    await eventually('the field is seen again', async () => (await seenBy(page)).brightFrames > 5);
    assert.equal((await seenBy(page)).secretFrames, 0, 'nothing of what is masked was ever seen');
    await page.reload();
    await page.evaluate(watchForSecrets, SECRET);
    await becomes(page, field, 'masked');
    await eventually('the field is seen after a reload', async () => (await seenBy(page)).brightFrames > 5);
    assert.equal((await seenBy(page)).secretFrames, 0, 'the mask was there before the picture');
    assert.deepEqual(faults, []);
    await context.close();
  });
});
