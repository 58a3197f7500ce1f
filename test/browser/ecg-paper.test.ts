import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { layOutSheet } from '../../client/ecg/layout.ts';
import { GAINS, type PaperSetting, type Sheet, SPEEDS, stripX, stripY } from '../../client/ecg/paper.ts';
import { tracesOf } from '../../client/ecg/trace.ts';
import { readDicomFile } from '../../server/formats/dicom/dicom-file.ts';
import { encodeEcg } from '../../server/formats/ecg/encode-wire.ts';
import { readEcg } from '../../server/formats/ecg/read-ecg.ts';
import type { EcgGroup, EcgRecord } from '../../server/formats/ecg/record.ts';
import { launchBrowser } from '../support/browser.ts';
import { readData } from '../support/data.ts';
import { seeded } from '../support/mutations.ts';
import { waveformByHand } from '../support/waveform-by-hand.ts';
import type { EcgPage } from './ecg-page/main.ts';

declare global {
  interface Window {
    ecgPage: EcgPage;
  }
}

const PAGE = fileURLToPath(new URL('./ecg-page/main.ts', import.meta.url));
/** Pixels to the millimetre: CSS's assumption, common calibrated screens, twofold density, print at 300 dpi. */
const DENSITIES = [96 / 25.4, 4.3, 5.61, 8.87, 300 / 25.4];
const RATE_HZ = 1000;

/** 1 mV from 1 s to 2 s in a record of ten; nothing else. */
function stepRecord(): EcgRecord {
  const counts = Array.from({ length: 10 * RATE_HZ }, (_, at) => (at >= RATE_HZ && at < 2 * RATE_HZ ? 200 : 0));
  const lead = { lead: 1, sensitivity: '0.005', unit: 'mV' };
  return readEcg(readDicomFile(waveformByHand([{ channels: [lead], counts: [counts], rate: String(RATE_HZ) }])));
}

function sheetOf(group: EcgGroup, setting: PaperSetting): Sheet {
  return layOutSheet({ originality: group.originality, leads: tracesOf(group) }, setting, 0);
}

async function bundle(): Promise<string> {
  const mode = process.env['NODE_ENV'];
  const lib = { entry: PAGE, formats: ['iife' as const], name: 'page', fileName: 'page' };
  const built = await build({ configFile: false, logLevel: 'error', build: { write: false, lib } });
  // Building sets it for the whole process.
  if (mode === undefined) delete process.env['NODE_ENV'];
  else process.env['NODE_ENV'] = mode;
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('nothing was built');
  return output.output[0].code;
}

describe('an ECG on a real canvas', () => {
  let browser: Browser;
  let page: Page;

  before(async function () {
    this.timeout(180_000);
    const [code, launched] = await Promise.all([bundle(), launchBrowser()]);
    browser = launched;
    page = await browser.newPage();
    await page.addScriptTag({ content: code });
  });
  after(() => browser?.close());

  const load = (record: EcgRecord, group = 0) =>
    page.evaluate(([wire, index]) => window.ecgPage.load(wire, index), [
      Buffer.from(encodeEcg(record)).toString('base64'),
      group,
    ] as const);
  const draw = (setting: PaperSetting, density: number) =>
    page.evaluate(([one, other]) => window.ecgPage.draw(one, other), [setting, density] as const);
  const read = async (x: number, y: number, width: number, height: number, channel = 0) => {
    const at = [Math.round(x), Math.round(y), Math.round(width), Math.round(height), channel] as const;
    return page.evaluate((args) => window.ecgPage.read(...args), at);
  };
  /** Where the ink of a line of pixels has its middle, counted from the line's begin: the paper's red is full. */
  const middle = (reds: readonly number[]) => {
    const ink = reds.map((red) => 255 - red);
    const total = ink.reduce((sum, value) => sum + value, 0);
    assert.ok(total > 100, 'there is ink');
    return ink.reduce((sum, value, at) => sum + value * (at + 0.5), 0) / total;
  };

  it('has 1 mV at 5, 10 or 20 mm and 1 s at 25 or 50 mm to half a pixel, at every density', async function () {
    this.timeout(240_000);
    const record = stepRecord();
    await load(record);
    const [group] = record.groups;
    assert.ok(group);
    for (const density of DENSITIES) {
      for (const speedMmPerS of SPEEDS) {
        for (const gainMmPerMv of GAINS) {
          const setting: PaperSetting = { layout: '12x1', speedMmPerS, gainMmPerMv };
          const sheet = sheetOf(group, setting);
          const [strip] = sheet.strips;
          assert.ok(strip);
          const { height } = await draw(setting, density);
          const label = `${density.toFixed(2)} px/mm, ${speedMmPerS} mm/s, ${gainMmPerMv} mm/mV`;
          const xOf = (timeS: number) => stripX(strip, setting, timeS) * density;
          const yOf = (uv: number) => stripY(strip, setting, uv) * density;

          const flat = middle(await read(xOf(3), 0, 1, height));
          assert.ok(Math.abs(flat - yOf(0)) <= 0.5, `0 mV, ${label}`);
          const top = middle(await read(xOf(1.5), 0, 1, height));
          assert.ok(Math.abs(flat - top - gainMmPerMv * density) <= 0.5, `1 mV: ${flat - top} px, ${label}`);

          // The flanks lie between two samples each: at 0.9995 s and 1.9995 s.
          const row = Math.floor(yOf(500));
          const reach = Math.round(density * 2);
          const flank = async (timeS: number) => {
            const from = Math.round(xOf(timeS)) - reach;
            return from + middle(await read(from, row, 2 * reach, 1));
          };
          const [up, down] = [await flank(0.9995), await flank(1.9995)];
          assert.ok(Math.abs(down - up - speedMmPerS * density) <= 0.5, `1 s: ${down - up} px, ${label}`);
          assert.ok(Math.abs(up - xOf(0.9995)) <= 0.5, `at 1 s: ${up}, ${label}`);
        }
      }
    }
  });

  it('has a calibration pulse of 1 mV and 0.2 s', async () => {
    const record = stepRecord();
    await load(record);
    const [group] = record.groups;
    assert.ok(group);
    for (const density of DENSITIES) {
      for (const speedMmPerS of SPEEDS) {
        const setting: PaperSetting = { layout: '12x1', speedMmPerS, gainMmPerMv: 10 };
        const [pulse] = sheetOf(group, setting).pulses;
        assert.ok(pulse);
        await draw(setting, density);
        const pulseMm = 0.2 * speedMmPerS;
        const top = pulse.baselineMm - 10;
        const column = Math.round((pulse.leftMm + pulseMm / 2) * density);
        const from = Math.max(0, Math.round((top - 2) * density));
        const above = from + middle(await read(column, from, 1, 4 * density));
        const beforeIt = Math.round((pulse.leftMm - 1) * density);
        const low = Math.round((pulse.baselineMm - 2) * density);
        const base = low + middle(await read(beforeIt, low, 1, 4 * density));
        assert.ok(Math.abs(base - above - 10 * density) <= 0.5, `${base - above} px at ${density} px/mm`);
        const halfway = Math.round((pulse.baselineMm - 5) * density);
        const edge = async (mm: number) => {
          const start = Math.round((mm - 1.5) * density);
          return start + middle(await read(start, halfway, 3 * density, 1));
        };
        const width = (await edge(pulse.leftMm + pulseMm)) - (await edge(pulse.leftMm));
        assert.ok(Math.abs(width - pulseMm * density) <= 0.5, `${width} px at ${density} px/mm`);
      }
    }
  });

  it('lies on a sharp grid of millimetres, each line within half a pixel of its place', async () => {
    const record = stepRecord();
    await load(record);
    for (const density of DENSITIES) {
      const { width } = await draw({ layout: '12x1', speedMmPerS: 25, gainMmPerMv: 10 }, density);
      // Along a row of pixels halfway between two horizontal lines, above everything that is drawn.
      const greens = await read(0, 0.5 * density, width, 1, 1);
      const paper = Math.max(...greens);
      const lines: { from: number; to: number; green: number }[] = [];
      for (const [x, green] of greens.entries()) {
        if (green === paper) continue;
        const line = lines.at(-1);
        if (line !== undefined && line.to === x) line.to = x + 1;
        else lines.push({ from: x, to: x + 1, green });
      }
      const last = Math.floor((width - 2) / density);
      // The line at 0 mm lies across the edge.
      for (let mm = 1; mm <= last; mm += 1) {
        const line = lines.find(({ from, to }) => Math.abs((from + to) / 2 - mm * density) <= 0.5);
        assert.ok(line, `${mm} mm at ${density} px/mm`);
        assert.equal(line.green, mm % 5 === 0 ? 0xb3 : 0xdc, `${mm} mm is one plain colour`);
      }
      assert.ok(lines.length <= last + 2);
    }
  });

  it('of a real record passes through its samples, in every layout', async function () {
    this.timeout(180_000);
    const record = readEcg(readDicomFile(await readData('dicom/derived/ecg_12lead_JS20000_zh.dcm')));
    const [group] = record.groups;
    assert.ok(group);
    await load(record);
    const random = seeded(5);
    for (const layout of ['3x4+1', '6x2', '12x1'] as const) {
      const setting: PaperSetting = { layout, speedMmPerS: 50, gainMmPerMv: 10 };
      const sheet = sheetOf(group, setting);
      const density = 8;
      await draw(setting, density);
      for (const strip of sheet.strips) {
        const trace = tracesOf(group)[strip.lead ?? -1];
        assert.ok(trace);
        for (let round = 0; round < 12; round += 1) {
          const timeS = strip.startS + 0.1 + random() * (strip.endS - strip.startS - 0.2);
          const index = Math.round(timeS * 500);
          const x = Math.floor(stripX(strip, setting, index / 500) * density);
          const y = Math.floor(stripY(strip, setting, trace.samples[index] ?? 0) * density);
          const [red = 255] = await read(x, y, 1, 1);
          assert.ok(red < 150, `${layout} ${strip.name} sample ${index}: red ${red}`);
        }
      }
    }
  });

  it('leaves a gap where samples are missing, and shows in blue what is off the device’s scale', async () => {
    const countAt = (at: number) => {
      if ((at >= 800 && at < 1000 && at !== 950) || at > 2000) return -32768;
      return at >= 1500 ? 500 : 0;
    };
    const counts = Array.from({ length: 2001 }, (_, at) => countAt(at));
    const lead = { lead: 2, sensitivity: '1', unit: 'uV', maxCount: 500 };
    const bytes = waveformByHand([{ channels: [lead], counts: [counts], rate: '500', padding: -32768 }]);
    const record = readEcg(readDicomFile(bytes));
    await load(record);
    const setting: PaperSetting = { layout: '12x1', speedMmPerS: 25, gainMmPerMv: 10 };
    const [group] = record.groups;
    assert.ok(group);
    const [strip] = sheetOf(group, setting).strips;
    assert.ok(strip);
    await draw(setting, 6);
    const inkAt = async (timeS: number, uv: number, channel = 0) => {
      const [x, y] = [stripX(strip, setting, timeS) * 6, stripY(strip, setting, uv) * 6];
      return Math.min(...(await read(x, y - 2, 1, 4, channel)));
    };
    assert.ok((await inkAt(1, 0)) < 100, 'drawn before the gap');
    assert.equal(await inkAt(1.8, 0), 255, 'nothing in the gap');
    assert.ok((await inkAt(1.9, 0)) < 200, 'but the one sample in it');
    assert.ok((await inkAt(2.5, 0)) < 100, 'drawn after the gap');
    assert.ok((await inkAt(3.5, 500, 2)) > 180 && (await inkAt(3.5, 500)) < 100, 'blue off the scale');
    assert.equal(await inkAt(4.2, 0), 255, 'nothing after the last sample');
  });

  it('prints on A4 at its true size, on as many pages as that takes', async function () {
    this.timeout(180_000);
    const record = readEcg(readDicomFile(await readData('dicom/derived/ecg_12lead_JS20000_zh.dcm')));
    const [group] = record.groups;
    assert.ok(group);
    await load(record);
    for (const speedMmPerS of SPEEDS) {
      const setting: PaperSetting = { layout: '3x4+1', speedMmPerS, gainMmPerMv: 10 };
      const { widthMm, heightMm } = sheetOf(group, setting);
      const pictures = await page.evaluate((one) => window.ecgPage.compose(one), setting);
      assert.equal(pictures.length, speedMmPerS === 25 ? 1 : 2);
      const printed = pictures.reduce((sum, picture) => sum + picture.widthMm, 0);
      assert.ok(Math.abs(printed - widthMm) < 0.1, `${printed} mm of ${widthMm}`);
      for (const picture of pictures) {
        assert.ok(Math.abs(picture.heightMm - heightMm) < 0.1, `${picture.heightMm} mm of ${heightMm}`);
        assert.ok(Math.abs(picture.widthPx / picture.widthMm - 300 / 25.4) < 0.02, '300 pixels an inch');
      }
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      const boxes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)];
      // 1 point is 1/72 inch; browsers round the page to whole points.
      assert.equal(boxes.length, pictures.length, 'pages');
      for (const [, width, height] of boxes) {
        assert.ok(Math.abs(Number(width) - (297 * 72) / 25.4) < 1 && Math.abs(Number(height) - (210 * 72) / 25.4) < 1);
      }
      await page.evaluate(() => document.head.replaceChildren());
    }
  });
});
