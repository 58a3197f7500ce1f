import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { layOutSheet } from '../../client/ecg/layout.ts';
import { stripX, stripY } from '../../client/ecg/paper.ts';
import { BANK_CARD_MM } from '../../client/ecg/screen-size.ts';
import { toCanvas } from '../../client/ecg/sheet-view.ts';
import { tracesOf } from '../../client/ecg/trace.ts';
import { paperViewOf, settingOf } from '../../client/ecg/view.ts';
import { launchBrowser } from '../support/browser.ts';
import { zh, zhPattern } from '../support/zh.ts';
import { openEcgDesk, stepRecord } from './ecg-desk.ts';
import { type EcgSite, openEcgSite } from './ecg-site.ts';

describe('an ECG on a screen that was measured', () => {
  let site: EcgSite;
  let browser: Browser;

  before(async function () {
    this.timeout(240_000);
    [site, browser] = await Promise.all([openEcgSite([{ description: '', answer: stepRecord() }]), launchBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  /** Where the ink of a line of pixels has its middle. */
  const middle = (line: number[]): number => {
    const ink = line.map((red) => 255 - red);
    const total = ink.reduce((sum, value) => sum + value, 0);
    assert.ok(total > 100, 'there is ink');
    return ink.reduce((sum, value, index) => sum + value * (index + 0.5), 0) / total;
  };

  for (const dpr of [1, 2]) {
    it(`has 1 mV at 10 mm and 1 s at 25 mm to half a pixel, at ${dpr} pixels a CSS pixel`, async function () {
      this.timeout(180_000);
      const desk = await openEcgDesk(browser, site, { dpr });
      const { reds } = desk;
      await desk.press('3');
      assert.equal(await desk.corner('scale'), zh('ecg:corner.assumed'));
      // Nobody has measured the screen: true size asks for that first, and is shown then.
      await desk.press('o');
      for (const cardPx of [323.5, 369, 412.5]) {
        if (cardPx !== 323.5) await desk.panel.getByTestId('command-calibrate').click();
        await desk.layCard(cardPx);
        if (cardPx !== 323.5) await desk.press('o');
        assert.equal(await desk.corner('scale'), zh('ecg:corner.trueSize'));
        const devicePxPerMm = (cardPx * dpr) / BANK_CARD_MM;
        const [now, size] = [await desk.view(), await desk.canvasSize()];
        const box = await desk.lightbox.getByTestId('ecg-canvas').boundingBox();
        assert.deepEqual([box?.width, box?.height], [size.width / dpr, size.height / dpr]);
        const at = paperViewOf(now, size);
        assert.ok(Math.abs(at.devicePxPerMm - devicePxPerMm) < 1e-6);
        const [group] = stepRecord().groups;
        assert.ok(group);
        const sheet = layOutSheet({ originality: 'ORIGINAL', leads: tracesOf(group) }, settingOf(now), now.startS);
        const [strip] = sheet.strips;
        assert.ok(strip);
        const place = (timeS: number, uv: number) =>
          toCanvas(at, { xMm: stripX(strip, sheet.setting, timeS), yMm: stripY(strip, sheet.setting, uv) });

        // One line of pixels down through the step, one through the flat part.
        const reach = Math.round(1.5 * devicePxPerMm);
        const heightAt = async ({ x, y }: { x: number; y: number }) => {
          const from = Math.round(y) - reach;
          return from + middle(await reds(x, from, 1, 2 * reach));
        };
        const [top, flat] = [await heightAt(place(1.5, 1000)), await heightAt(place(3, 0))];
        assert.ok(Math.abs(flat - top - 10 * devicePxPerMm) <= 0.5, `1 mV: ${flat - top} px`);
        assert.ok(Math.abs(flat - place(3, 0).y) <= 0.5, `0 mV at ${flat}`);
        // The flanks lie between two samples each.
        const row = Math.floor(place(1, 500).y);
        const flank = async (timeS: number) => {
          const from = Math.round(place(timeS, 0).x) - reach;
          return from + middle(await reds(from, row, 2 * reach, 1));
        };
        const [up, down] = [await flank(0.9995), await flank(1.9995)];
        assert.ok(Math.abs(down - up - 25 * devicePxPerMm) <= 0.5, `1 s: ${down - up} px`);
      }
      // Kept on this device.
      await desk.page.reload();
      await desk.whenFull();
      assert.match(await desk.corner('scale'), zhPattern('ecg:corner.scaled', { percent: /\d+/ }));
      assert.deepEqual(desk.faults, []);
      await desk.close();
    });
  }
});
