import assert from 'node:assert/strict';
import { lastStartS, layOutSheet, stripAt } from '../../../client/ecg/layout.ts';
import { GAINS, LAYOUTS, type PaperSetting, SPEEDS, stripX, stripY } from '../../../client/ecg/paper.ts';
import { BAND_UV, fromPaper, toLeadPoint, toPaper, toPoint } from '../../../client/ecg/place.ts';
import { reduceTrace } from '../../../client/ecg/reduce.ts';
import { sampleRange, tracesOf } from '../../../client/ecg/trace.ts';
import { readDicomFile } from '../../../server/formats/dicom/dicom-file.ts';
import { readEcg } from '../../../server/formats/ecg/read-ecg.ts';
import { readData } from '../../support/data.ts';
import { seeded } from '../../support/mutations.ts';
import { waveformByHand } from '../../support/waveform-by-hand.ts';

const NAMES = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
const groupOf = (names: readonly string[], originality: 'ORIGINAL' | 'DERIVED' = 'ORIGINAL') => ({
  originality,
  leads: names.map((name) => ({ name, minUv: -600, maxUv: 600 })),
});
const USUAL: PaperSetting = { layout: '3x4+1', speedMmPerS: 25, gainMmPerMv: 10 };
const SETTINGS = LAYOUTS.flatMap((layout) =>
  SPEEDS.flatMap((speedMmPerS) => GAINS.map((gainMmPerMv) => ({ layout, speedMmPerS, gainMmPerMv }))),
);

describe('ECG paper', () => {
  it('shows leads that were recorded for 2.5 s whole, each in its own time, and the long one as the rhythm strip', () => {
    const shorts = NAMES.map((name, index) => {
      const fromS = index < 6 ? 0 : 2.5;
      return { name, minUv: 0, maxUv: 600, ownS: [fromS, fromS + 2.5] as const };
    });
    const leads = [...shorts, { name: 'II', minUv: 0, maxUv: 600, ownS: [0, 10] as const }];
    const { strips } = layOutSheet({ originality: 'ORIGINAL', leads }, USUAL, 0);
    assert.equal(strips.length, 13);
    for (const { lead, startS, endS, rhythm } of strips) {
      const [fromS, toS] = leads[lead ?? -1]?.ownS ?? [];
      assert.deepEqual([startS, endS], [fromS, toS], String(lead));
      assert.equal(rhythm, lead === 12);
    }
  });

  it('says of a lead that was not stored how it was computed', () => {
    const { leads } = groupOf(['I', 'II', 'V1']);
    const all = [...leads, { name: 'III', minUv: 0, maxUv: 0, formula: 'III = II − I' }];
    const { strips } = layOutSheet({ originality: 'ORIGINAL', leads: all }, USUAL, 0);
    assert.equal(strips.find(({ lead }) => lead === 3)?.name, 'III = II − I');
    assert.equal(strips.find(({ name }) => name === 'aVR')?.lead, null);
  });

  it('has 25 or 50 mm for a second and 5, 10 or 20 mm for a millivolt, in every layout', () => {
    for (const setting of SETTINGS) {
      const sheet = layOutSheet(groupOf(NAMES), setting, 3);
      for (const strip of sheet.strips) {
        assert.equal(stripX(strip, setting, 5) - stripX(strip, setting, 4), setting.speedMmPerS);
        assert.equal(stripY(strip, setting, 0) - stripY(strip, setting, 1000), setting.gainMmPerMv);
        assert.equal(stripX(strip, setting, strip.startS), strip.leftMm);
        // Rows stand on lines of the grid, and nothing is off the sheet.
        assert.ok(Number.isInteger(strip.baselineMm) && strip.topMm % 5 === 0);
        assert.ok(strip.topMm >= 0 && strip.bottomMm <= sheet.heightMm);
        assert.ok(stripX(strip, setting, strip.endS) <= sheet.widthMm);
      }
      // The pulse ends before the traces begin.
      for (const { leftMm, baselineMm } of sheet.pulses) {
        assert.ok(baselineMm >= setting.gainMmPerMv);

        assert.ok(leftMm + 0.2 * setting.speedMmPerS < (sheet.strips[0]?.leftMm ?? 0));
      }
    }
  });

  it('shows 3 × 4 leads of 2.5 s, one column after the other, above a rhythm strip of 10 s', () => {
    const { strips, pulses } = layOutSheet(groupOf(NAMES), USUAL, 0);
    assert.deepEqual(
      strips.map(({ name, startS, endS, rhythm }) => [name, startS, endS, rhythm]),
      [
        ['I', 0, 2.5, false],
        ['II', 0, 2.5, false],
        ['III', 0, 2.5, false],
        ['aVR', 2.5, 5, false],
        ['aVL', 2.5, 5, false],
        ['aVF', 2.5, 5, false],
        ['V1', 5, 7.5, false],
        ['V2', 5, 7.5, false],
        ['V3', 5, 7.5, false],
        ['V4', 7.5, 10, false],
        ['V5', 7.5, 10, false],
        ['V6', 7.5, 10, false],
        ['II', 0, 10, true],
      ],
    );
    assert.equal(pulses.length, 4);
  });

  it('shows 6 × 2 leads of 5 s and 12 leads of 10 s, and fits A4 across at 25 mm/s', () => {
    const six = layOutSheet(groupOf(NAMES), { ...USUAL, layout: '6x2' }, 0);
    assert.deepEqual(
      six.strips.map(({ startS, endS, topMm }) => [startS, endS, topMm]),
      NAMES.map((_, index) => [index < 6 ? 0 : 5, index < 6 ? 5 : 10, 5 + (index % 6) * 30]),
    );
    const twelve = layOutSheet(groupOf(NAMES), { ...USUAL, layout: '12x1' }, 0);
    assert.deepEqual(
      twelve.strips.map(({ startS, endS, topMm }) => [startS, endS, topMm]),
      NAMES.map((_, index) => [0, 10, 5 + index * 15]),
    );
    for (const layout of LAYOUTS) {
      const { widthMm, heightMm } = layOutSheet(groupOf(NAMES), { ...USUAL, layout }, 0);
      assert.ok(widthMm <= 297 && heightMm <= 210, `${layout}: ${widthMm} × ${heightMm}`);
    }
  });

  it('has room for what reaches beyond its first and its last row, but not for an electrode that fell off', () => {
    const tall = groupOf(NAMES);
    const setting: PaperSetting = { layout: '12x1', speedMmPerS: 25, gainMmPerMv: 20 };
    const usual = layOutSheet(tall, setting, 0);
    Object.assign(tall.leads[0] ?? {}, { maxUv: 3000 });
    Object.assign(tall.leads[11] ?? {}, { minUv: -2500 });
    const sheet = layOutSheet(tall, setting, 0);
    const [first, last] = [sheet.strips[0], sheet.strips[11]];
    assert.ok(first && last && stripY(first, setting, 3000) >= 0 && stripY(last, setting, -2500) <= sheet.heightMm);
    assert.ok(first.topMm % 5 === 0 && sheet.heightMm > usual.heightMm);
    Object.assign(tall.leads[0] ?? {}, { maxUv: 300_000 });
    assert.ok(layOutSheet(tall, setting, 0).heightMm < usual.heightMm + 130);
  });

  it('keeps the place of a lead that the record lacks, and gives further leads rows of their own', () => {
    const { strips } = layOutSheet(groupOf(['V1', 'II', 'V7', 'I']), USUAL, 0);
    const byName = (name: string) => strips.filter((strip) => strip.name === name).map(({ lead }) => lead);
    assert.deepEqual(byName('III'), [null]);
    assert.deepEqual(byName('II'), [1, 1]);
    assert.deepEqual(byName('V7'), [2]);
    const others = layOutSheet(groupOf(['X', 'Y', 'Z']), USUAL, 0).strips;
    assert.deepEqual(
      others.map(({ name, lead, endS }) => [name, lead, endS]),
      [
        ['X', 0, 10],
        ['Y', 1, 10],
        ['Z', 2, 10],
      ],
    );
  });

  it('shows a computed beat whole in every column', () => {
    const { strips } = layOutSheet(groupOf(NAMES, 'DERIVED'), USUAL, 0);
    assert.ok(strips.every(({ startS }) => startS === 0));
  });

  it('pages through a long record up to its last full sheet', () => {
    assert.equal(lastStartS({ sampleCount: 15_000, sampleRateHz: 500 }), 20);
    assert.equal(lastStartS({ sampleCount: 600, sampleRateHz: 500 }), 0);
  });

  it('finds the lead under the hand, or the nearest', () => {
    const sheet = layOutSheet(groupOf(NAMES), USUAL, 0);
    for (const strip of sheet.strips) {
      assert.equal(stripAt(sheet, strip.leftMm + 1, strip.baselineMm), strip);
    }
    assert.equal(stripAt(sheet, -50, 8)?.name, 'I');
  });
});

describe('a place in an ECG', () => {
  it('is the same place again from every layout, speed and gain (seeded)', () => {
    const random = seeded(7);
    for (let round = 0; round < 2000; round += 1) {
      const from = layOutSheet(groupOf(NAMES), SETTINGS[Math.floor(random() * SETTINGS.length)] ?? USUAL, 0);
      const strip = from.strips[Math.floor(random() * from.strips.length)];
      assert.ok(strip);
      const timeS = strip.startS + random() * (strip.endS - strip.startS);
      const paper = { xMm: stripX(strip, from.setting, timeS), yMm: strip.baselineMm + (random() - 0.5) * 8 };
      const point = fromPaper(from, paper, 12, strip);
      assert.ok(point);
      const back = toPaper(from, point, 12);
      assert.ok(back && Math.abs(back.xMm - paper.xMm) < 1e-9 && Math.abs(back.yMm - paper.yMm) < 1e-9);
      const lead = toLeadPoint(point, 12);
      assert.equal(NAMES[lead.lead], strip.name);
      assert.ok(Math.abs(lead.timeS - timeS) < 1e-9);
      // One below another every lead is there all the time: the point is on its lead, at its time, at its voltage.
      const all = layOutSheet(groupOf(NAMES), { layout: '12x1', speedMmPerS: 50, gainMmPerMv: 20 }, 0);
      const there = toPaper(all, point, 12);
      const row = all.strips[lead.lead];
      assert.ok(there && row);
      assert.ok(Math.abs(there.xMm - stripX(row, all.setting, timeS)) < 1e-9);
      assert.ok(Math.abs(there.yMm - stripY(row, all.setting, lead.amplitudeUv)) < 1e-9);
    }
  });

  it('says lead, time and voltage in one point, and stays on the lead it began on', () => {
    const point = toPoint({ lead: 3, rhythm: false, timeS: 2.5, amplitudeUv: -750 }, 12);
    assert.deepEqual(point, { x: 2500, y: 3 * BAND_UV + 750 });
    assert.deepEqual(toLeadPoint(point, 12), { lead: 3, rhythm: false, timeS: 2.5, amplitudeUv: -750 });
    const sheet = layOutSheet(groupOf(NAMES), USUAL, 0);
    const [held] = sheet.strips;
    // A whole page below its lead, even at 5 mm/mV.
    const far = fromPaper({ ...sheet, setting: { ...USUAL, gainMmPerMv: 5 } }, { xMm: 20, yMm: 400 }, 12, held);
    assert.ok(far);
    assert.equal(toLeadPoint(far, 12).lead, 0);
  });
});

describe('a trace', () => {
  it('thinned to the screen still has every column’s peak and trough (seeded)', () => {
    const random = seeded(11);
    for (let round = 0; round < 60; round += 1) {
      const samples = Float64Array.from({ length: 2000 }, () => Math.floor(random() * 4000) - 2000);
      if (round % 3 === 0) samples.fill(Number.NaN, 700, 700 + Math.floor(random() * 90));
      const scale = { xPx: random() * 10, stepPx: 0.02 + random() * 0.6 };
      const kept = reduceTrace(samples, 3, 1990, scale);
      const extremes = (indices: Iterable<number>) => {
        const columns = new Map<number, [number, number]>();
        for (const index of indices) {
          const value = samples[index] ?? Number.NaN;
          if (Number.isNaN(value)) continue;
          const column = Math.floor(scale.xPx + index * scale.stepPx);
          const [low, high] = columns.get(column) ?? [value, value];
          columns.set(column, [Math.min(low, value), Math.max(high, value)]);
        }
        return columns;
      };
      const indices = Array.from({ length: 1988 }, (_, index) => index + 3);
      assert.deepEqual(extremes(kept), extremes(indices));
      assert.ok(
        kept.every((index, at) => at === 0 || index > (kept[at - 1] ?? 0)),
        'in order',
      );
      assert.equal(kept[0], 3);
      assert.equal(kept.at(-1), 1990);
      // A gap breaks the line wherever it was.
      for (const index of indices.slice(1)) {
        const breaks = Number.isNaN(samples[index]) && !Number.isNaN(samples[index - 1]);
        if (breaks)
          assert.ok(
            kept.some((one) => one >= index && Number.isNaN(samples[one])),
            `${round}: gap at ${index}`,
          );
      }
    }
  });

  it('takes the samples of its stretch of time, edges included, skew counted', () => {
    const lead = { name: 'I', minUv: 0, maxUv: 0 };
    const trace = { ...lead, samples: new Float64Array(5000), sampleRateHz: 500, skewS: 0, offScale: [] };
    assert.deepEqual(sampleRange(trace, 0, 2.5), [0, 1250]);
    assert.deepEqual(sampleRange(trace, 7.5, 10), [3750, 4999]);
    assert.deepEqual(sampleRange({ ...trace, skewS: 0.001 }, 0, 2.5), [0, 1249]);
    const [first, last] = sampleRange(trace, 20, 30);
    assert.ok(last < first);
    const odd = { ...trace, sampleRateHz: 599.88 };
    assert.deepEqual(sampleRange(odd, 100 / 599.88, 200 / 599.88), [100, 200]);
  });

  it('knows its runs off the device’s scale', () => {
    const lead = { lead: 1, sensitivity: '1', unit: 'uV', maxCount: 100 };
    const bytes = waveformByHand([{ channels: [lead], counts: [[0, 100, 120, 5, 100, 0]] }]);
    const [group] = readEcg(readDicomFile(bytes)).groups;
    assert.ok(group);
    assert.deepEqual(tracesOf(group)[0]?.offScale, [
      [1, 2],
      [4, 4],
    ]);
  });

  it('of a real record is one for each lead', async () => {
    const [group] = readEcg(readDicomFile(await readData('dicom/waveform/ecg_12lead.dcm'))).groups;
    assert.ok(group);
    assert.deepEqual(
      tracesOf(group).map(({ samples }) => samples.length),
      Array(12).fill(10_000),
    );
  });
});
