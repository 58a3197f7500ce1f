import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { PathologyViewport } from '../../server/contract/pathology.ts';
import { carrySession, launchBrowser, openPerson, type Person } from '../support/browser.ts';
import { draftCase } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { readData } from '../support/data.ts';
import { eventually } from '../support/eventually.ts';
import { uploadFile } from '../support/images.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';

const level = (name: string) => readData(`pathology/dicom-wsi-cmu1/${name}.dcm`);

describe('a slide whose files are still arriving', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;
  let doctor: Client;
  let person: Person;
  let consultationId: string;

  before(async () => {
    server = await startServer();
    doctor = await server.signIn('county-doctor');
    ({ consultationId } = await draftCase(doctor));
    for (const name of ['level-3-frames-0-1', 'level-4-frames-0-1'])
      await uploadFile(doctor, consultationId, await level(name));
    browser = await launchBrowser();
    person = await openPerson(browser, server.url);
    await carrySession(person.context, doctor.cookie, server.url);
    await person.page.goto(`/consultations/${consultationId}/images`);
    await whenFull();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const lightbox = () => person.page.getByTestId('review-lightbox');
  const whenFull = () => person.page.locator('[data-testid="review-lightbox"][data-quality="full"]').waitFor();
  const viewport = async () => JSON.parse((await lightbox().getAttribute('data-viewport')) ?? '') as PathologyViewport;
  const ellipses = () => lightbox().locator('[data-testid="annotation"][data-kind="ellipse"]');
  const drawEllipse = async () => {
    const box = await lightbox().boundingBox();
    assert.ok(box);
    await lightbox().focus();
    await person.page.keyboard.press('e');
    await person.page.mouse.move(box.x + box.width * 0.45, box.y + box.height * 0.45);
    await person.page.mouse.down();
    await person.page.mouse.move(box.x + box.width * 0.55, box.y + box.height * 0.55);
    await person.page.mouse.up();
    await person.page.keyboard.press('Escape');
    await person.page.keyboard.press('Escape');
  };

  it('shows the same part of the slide once a finer level is there, and nothing drawn before where it would mean something else', async () => {
    await drawEllipse();
    await eventually('the ellipse is kept', async () => (await ellipses().count()) === 1);
    const before = await viewport();
    await uploadFile(doctor, consultationId, await level('level-1-frames-0-9'));
    await eventually('the finer level is there', async () => {
      const { target } = await viewport();
      return target.widthPx > before.target.widthPx;
    });
    await whenFull();
    const after = await viewport();
    const factor = after.target.widthPx / before.target.widthPx;
    assert.ok(factor > 2, String(factor));
    for (const [now, then] of [
      [after.center.x, before.center.x],
      [after.center.y, before.center.y],
      [after.imagePixelsPerScreenHeight, before.imagePixelsPerScreenHeight],
    ] as const)
      assert.ok(Math.abs(now / factor - then) < 1e-6 * then, JSON.stringify([before, after]));
    assert.equal(await ellipses().count(), 0);
    await drawEllipse();
    await eventually('what is drawn now is seen', async () => (await ellipses().count()) === 1);
    const kept = await server.database.read.review.listAnnotationsSince(consultationId, 0);
    assert.equal(kept.filter(({ shape }) => shape !== null).length, 2, 'nothing is lost');
    assert.deepEqual(person.faults, []);
  });
});
