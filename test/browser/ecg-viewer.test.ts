import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { FailureView } from '../../server/contract/failure-view.ts';
import { readDicomFile } from '../../server/formats/dicom/dicom-file.ts';
import { readEcg } from '../../server/formats/ecg/read-ecg.ts';
import { launchBrowser } from '../support/browser.ts';
import { readData } from '../support/data.ts';
import { zh, zhPattern } from '../support/zh.ts';
import { type EcgDesk, openEcgDesk, stepRecord } from './ecg-desk.ts';
import { type EcgSite, openEcgSite } from './ecg-site.ts';
import { keptAnnotations } from './viewer-desk.ts';

const UNREADABLE: FailureView = {
  code: 'invalid-message',
  reason: 'waveform-uncalibrated',
  message: 'no sensitivity',
  requestId: 'test',
};

describe('an ECG in the shared review', () => {
  let site: EcgSite;
  let browser: Browser;
  let page: Page;
  let desk: EcgDesk;

  before(async function () {
    this.timeout(240_000);
    const real = readEcg(readDicomFile(await readData('dicom/waveform/ecg_12lead.dcm')));
    const sources = [
      { description: '静息心电图', answer: real },
      { description: '', answer: stepRecord() },
      { description: '长程', answer: stepRecord(38) },
      { description: '损坏', answer: UNREADABLE },
    ];
    [site, browser] = await Promise.all([openEcgSite(sources), launchBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });
  afterEach(async () => {
    await desk.close();
    site.line.down = false;
    site.answerWith(3, UNREADABLE);
    assert.deepEqual(desk.faults, []);
  });

  const open = async (options = {}) => {
    desk = await openEcgDesk(browser, site, options);
    ({ page } = desk);
  };

  it('does what every command says', async function () {
    this.timeout(180_000);
    await open();
    const first = await desk.view();
    assert.deepEqual([first.layout, first.speedMmPerS, first.gainMmPerMv, first.startS], ['3x4+1', 25, 10, 0]);
    for (const [key, wanted] of [
      ['2', { layout: '6x2' }],
      ['3', { layout: '12x1' }],
      ['1', { layout: '3x4+1' }],
      ['5', { speedMmPerS: 50 }],
      ['4', { speedMmPerS: 25 }],
      ['6', { gainMmPerMv: 5 }],
      ['8', { gainMmPerMv: 20 }],
      ['7', { gainMmPerMv: 10 }],
    ] as const) {
      await desk.press(key);
      const now = await desk.view();
      assert.deepEqual({ ...now, ...wanted }, now, `after ${key}`);
    }
    assert.deepEqual(await desk.view(), first, 'and back again, fitted as before');

    await desk.press('+', '+');
    const large = await desk.view();
    assert.ok(Math.abs(first.paperMmPerScreenHeight / large.paperMmPerScreenHeight - 1.25 ** 2) < 1e-9);
    await desk.press('ArrowRight', 'ArrowDown');
    const looked = await desk.view();
    assert.ok(looked.center.x > large.center.x && looked.center.y > large.center.y);
    await desk.press('ArrowLeft', 'ArrowUp', '-', '-');
    assert.ok(Math.abs((await desk.view()).paperMmPerScreenHeight - first.paperMmPerScreenHeight) < 1e-9);
    await desk.press('f');
    assert.deepEqual(await desk.view(), first);

    await desk.panel.getByTestId('command-group').click();
    await desk.panel.getByTestId('command-group-1').click();
    assert.equal((await desk.view()).target.group, 1);
    assert.match(await desk.corner('top-left'), zhPattern('ecg:group.median'));
    assert.equal(await desk.corner('bottom-right'), zh('ecg:corner.position', { from: 0, to: 1.2, whole: 1.2 }));
    await desk.press('9');
    assert.deepEqual(await desk.view(), first);

    const device = desk.lightbox.getByTestId('ecg-device');
    assert.ok(await device.isHidden());
    await desk.press('d');
    const [pr, axis] = [zh('ecg:device.quantity.pr'), zh('ecg:device.quantity.qrs-axis')];
    const told = [zh('ecg:device.title'), `${pr}161 ms`, `${axis}52°`, 'ECG NORMALE'];
    assert.match((await device.textContent()) ?? '', new RegExp(told.join('.*')));
    assert.deepEqual(await desk.view(), first, 'opening it moves nobody');
    await device.getByRole('button').click();
    assert.deepEqual(await desk.view(), first);
    assert.ok(await device.isHidden());
  });

  it('prints the sheet at its true size, with whose it is, and takes its frame away', async () => {
    await open();
    await page.evaluate(() => {
      const printed: string[] = [];
      Object.assign(window, { printed });
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const node of addedNodes)
            if (node instanceof HTMLIFrameElement && node.contentWindow) {
              const { contentWindow } = node;
              contentWindow.print = () => {
                printed.push(contentWindow.document.body.textContent ?? '');
                contentWindow.dispatchEvent(new Event('afterprint'));
              };
            }
      }).observe(document.body, { childList: true });
    });
    await desk.press('p');
    await desk.panel.getByTestId('command-print').click();
    await page.waitForFunction(() => (window as unknown as { printed: string[] }).printed.length === 1);
    const [text = ''] = await page.evaluate(() => (window as unknown as { printed: string[] }).printed);
    assert.match(text, /Anonymous 642341 · 2013-01-25 10:59:19 · 25 mm\/s · 10 mm\/mV/);
    assert.equal(await page.locator('iframe').count(), 0);
  });

  it('goes through a long record by keys, buttons and wheel', async () => {
    await open();
    await desk.choose(2);
    assert.equal(await desk.corner('bottom-right'), zh('ecg:corner.position', { from: 0, to: 10, whole: 38 }));
    const starts: number[] = [];
    for (const key of ['PageDown', 'PageDown', 'PageDown', 'PageDown', 'PageUp', ';', "'", "'", 'Home', 'End']) {
      await desk.press(key);
      starts.push((await desk.view()).startS);
    }
    assert.deepEqual(starts, [10, 20, 28, 28, 20, 19, 20, 21, 0, 28]);
    assert.equal(await desk.corner('bottom-right'), zh('ecg:corner.position', { from: 28, to: 38, whole: 38 }));
    await desk.panel.getByTestId('command-previousPage').click();
    assert.equal((await desk.view()).startS, 20);
    await desk.moveTo(0.5, 0.5);
    await page.mouse.wheel(0, 120);
    await page.mouse.wheel(0, 120);
    assert.equal((await desk.view()).startS, 22);
    await page.mouse.wheel(0, -120);
    assert.equal((await desk.view()).startS, 21);
    await page.keyboard.down('Shift');
    await page.mouse.wheel(0, 120);
    await page.keyboard.up('Shift');
    assert.equal((await desk.view()).startS, 28);
    await desk.choose(0);
    assert.equal(await desk.panel.getByTestId('command-nextPage').count(), 0, 'ten seconds are one page');
  });

  it('is moved by left and middle drag, zoomed by right drag and Ctrl with the wheel', async () => {
    await open();
    await desk.press('+', '+', '+');
    const before = await desk.view();
    await desk.drag([0.5, 0.5], [0.6, 0.6]);
    const left = await desk.view();
    assert.ok(left.center.x < before.center.x && left.center.y < before.center.y);
    assert.equal(left.paperMmPerScreenHeight, before.paperMmPerScreenHeight);
    await desk.drag([0.6, 0.6], [0.5, 0.5], 'middle');
    const back = await desk.view();
    assert.ok(Math.abs(back.center.x - before.center.x) < 1e-9 && Math.abs(back.center.y - before.center.y) < 1e-9);
    await desk.drag([0.5, 0.5], [0.5, 0.4], 'right');
    assert.ok((await desk.view()).paperMmPerScreenHeight < before.paperMmPerScreenHeight);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, 240);
    await page.keyboard.up('Control');
    assert.ok((await desk.view()).paperMmPerScreenHeight > before.paperMmPerScreenHeight);
  });

  it('is moved by one finger, moved and zoomed by two', async () => {
    await open();
    const box = await desk.lightbox.boundingBox();
    assert.ok(box);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [number, number][]) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map(([dx, dy], id) => ({ x: x + dx, y: y + dy, id })),
      });
    const before = await desk.view();
    await touch('touchStart', [-50, 0], [50, 0]);
    for (const half of [60, 80, 100]) await touch('touchMove', [-half, 0], [half, 0]);
    await touch('touchEnd');
    const pinched = await desk.view();
    assert.ok(Math.abs(before.paperMmPerScreenHeight / pinched.paperMmPerScreenHeight - 2) < 0.01, 'twice as large');
    assert.ok(Math.abs(pinched.center.x - before.center.x) < 1, 'between the fingers');
    await touch('touchStart', [0, 0]);
    await touch('touchMove', [-90, -30]);
    await touch('touchEnd');
    const moved = await desk.view();
    const pxPerMm = (box.height - 56) / pinched.paperMmPerScreenHeight;
    assert.ok(Math.abs((moved.center.x - pinched.center.x) * pxPerMm - 90) < 1);
    assert.ok(Math.abs((moved.center.y - pinched.center.y) * pxPerMm - 30) < 1);
    assert.equal(moved.paperMmPerScreenHeight, pinched.paperMmPerScreenHeight);
  });

  it('is measured on the lead where the hand began, and a key image bears it', async function () {
    this.timeout(180_000);
    await open();
    await desk.press('c');
    // From lead I towards aVR: the caliper stays in lead I and its time.
    await desk.drag([0.2, 0.15], [0.5, 0.2]);
    const [annotation] = await keptAnnotations(page);
    assert.ok(annotation?.shape?.kind === 'caliper');
    const { start, end } = annotation.shape;
    assert.ok(start.x > 0 && start.x < 2500 && Math.abs(end.x - 2500) < 1, `${start.x} to ${end.x} ms`);
    assert.ok(Math.abs(start.y) < 20_000 && Math.abs(end.y) < 20_000);
    assert.equal(await desk.annotations('caliper').count(), 1);
    await desk.press('3');
    assert.equal(await desk.annotations('caliper').count(), 1, 'in every layout that shows its time');

    await desk.press('1', '+', '+', '+', '+', '+', '+');
    await desk.panel.getByTestId('take-key-image').click();
    await desk.panel.getByTestId('key-image-take').click();
    await page.waitForFunction(() => window.viewerPage.keyImages.length === 1);
    const taken = await page.evaluate(async () => {
      const [image] = window.viewerPage.keyImages;
      if (!image) throw new Error('none');
      const bitmap = await createImageBitmap(image.blob);
      return {
        size: [bitmap.width, bitmap.height],
        told: [image.widthPx, image.heightPx],
        type: image.blob.type,
        measurements: image.measurements,
      };
    });
    assert.deepEqual(taken.size, taken.told);
    assert.ok(Math.max(...taken.size) >= 1600 && Math.max(...taken.size) <= 3600);
    assert.equal(taken.type, 'image/png');
    assert.match(taken.measurements.join(), /ms/);
  });

  it('says why a record cannot be read, never over another one, and tries again', async () => {
    await open();
    await desk.choose(3);
    const notice = desk.lightbox.getByTestId('picture-notice');
    await notice.waitFor();
    assert.match((await notice.textContent()) ?? '', zhPattern('failures:reason.waveform-uncalibrated'));
    assert.equal(await desk.lightbox.getAttribute('data-quality'), 'failed');
    assert.equal(await desk.corner('top-left'), '');
    assert.equal(await desk.panel.getByTestId('command-layout').count(), 1, 'the toolbar stays as it is');
    assert.ok(
      (await desk.reds(0, 0, 400, 400)).every((red) => red === 0),
      'nothing of the record before is left',
    );
    site.answerWith(3, stepRecord());
    await notice.getByRole('button').click();
    await desk.whenFull();
    assert.ok(await notice.isHidden());
    assert.match(await desk.corner('bottom-left'), /25 mm\/s · 10 mm\/mV/);
    assert.equal((await desk.view()).target.recordId, site.recordIds[3]);
  });

  it('waits for a line that is down, and is there when it comes back', async function () {
    this.timeout(120_000);
    site.line.down = true;
    await open();
    await desk.panel.locator('[data-testid="review-lightbox"][data-quality="loading"]').waitFor();
    assert.match(
      (await desk.lightbox.getByTestId('ecg-quality').textContent()) ?? '',
      zhPattern('ecg:quality.loading'),
    );
    site.line.down = false;
    await desk.whenFull();
  });

  it('speaks English too', async () => {
    await open({ language: 'en' });
    assert.equal(await desk.corner('bottom-left'), '25 mm/s · 10 mm/mV · 3×4 + rhythm · Filter 0.05–300 Hz');
    assert.match(await desk.corner('scale'), /not calibrated/);
    assert.equal(await desk.corner('bottom-right'), '0–10 s of 10 s');
  });
});
