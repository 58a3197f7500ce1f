import assert from 'node:assert/strict';
import { layOutSheet } from '../../../client/ecg/layout.ts';
import { firstGroup } from '../../../client/ecg/open-ecg.ts';
import { GAINS, LAYOUTS, type PaperSetting, type Sheet, SPEEDS, stripX } from '../../../client/ecg/paper.ts';
import {
  clampPoint,
  fromPaper,
  fromShownPaper,
  stripOf,
  toPaper,
  toPoint,
  toShownPaper,
} from '../../../client/ecg/place.ts';
import { fromCanvas, toCanvas } from '../../../client/ecg/sheet-view.ts';
import * as views from '../../../client/ecg/view.ts';
import { EcgViewport } from '../../../server/contract/ecg.ts';
import { readDicomFile } from '../../../server/formats/dicom/dicom-file.ts';
import { readEcg } from '../../../server/formats/ecg/read-ecg.ts';
import { seeded } from '../../support/mutations.ts';
import { waveformByHand } from '../../support/waveform-by-hand.ts';

const NAMES = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
const GROUP = { originality: 'ORIGINAL' as const, leads: NAMES.map((name) => ({ name, minUv: -700, maxUv: 1200 })) };
const TARGET = { kind: 'ecg' as const, recordId: '2.25.1', group: 0 };
const SETTINGS = LAYOUTS.flatMap((layout) =>
  SPEEDS.flatMap((speedMmPerS) => GAINS.map((gainMmPerMv) => ({ layout, speedMmPerS, gainMmPerMv }))),
);
const WINDOWS = [
  { width: 1250, height: 632 },
  { width: 700, height: 900 },
  { width: 3608, height: 1884 },
];

const sheetOf = (view: views.View): Sheet => layOutSheet(GROUP, views.settingOf(view), view.startS);
function sceneOf(view: views.View, size: views.Size, lastStartS = 0): views.Scene {
  return { sheet: sheetOf(view), size, lastStartS };
}
function fitted(setting: PaperSetting, size: views.Size): { view: views.View; scene: views.Scene } {
  const first = views.firstSheet(TARGET, setting);
  const scene = sceneOf(first, size);
  return { view: views.fitView(first, scene), scene };
}

describe('the window onto an ECG', () => {
  it('opens with what the electrodes gave, though the file puts a computed beat before it, and of several with most leads', () => {
    const group = (leads: number[], seconds: number, label: string) => ({
      channels: leads.map((lead) => ({ lead, sensitivity: '2.5', unit: 'uV' })),
      counts: leads.map((lead) => Array.from({ length: seconds * 500 }, (_, at) => lead + (at % 5))),
      rate: '500',
      label,
      originality: label === 'MEDIAN BEAT' ? 'DERIVED' : 'ORIGINAL',
    });
    const opens = (...groups: ReturnType<typeof group>[]) => firstGroup(readEcg(readDicomFile(waveformByHand(groups))));
    const all = [1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8];
    assert.equal(opens(group(all, 1, 'MEDIAN BEAT'), group(all, 10, 'RHYTHM')), 1);
    assert.equal(opens(group(all, 10, 'RHYTHM'), group(all, 1, 'MEDIAN BEAT')), 0);
    assert.equal(
      opens(group(all, 1, 'MEDIAN BEAT'), group([1, 2], 10, 'RHYTHM')),
      1,
      'few leads are more than a computation',
    );
  });

  it('shows a whole sheet when fitted, as large as it goes, in any window', () => {
    for (const setting of SETTINGS) {
      for (const size of WINDOWS) {
        const { view, scene } = fitted(setting, size);
        assert.ok(views.isFitted(view, scene));
        assert.deepEqual(EcgViewport.parse(view), view);
        const paper = views.paperViewOf(view, size);
        const { widthMm, heightMm } = scene.sheet;
        const corner = toCanvas(paper, { xMm: widthMm, yMm: heightMm });
        assert.ok(paper.leftPx >= 0 && paper.topPx >= 0 && corner.x <= size.width && corner.y <= size.height);
        const margins = [corner.x - paper.leftPx - size.width, corner.y - paper.topPx - size.height];
        assert.ok(Math.max(...margins) > -5 * paper.devicePxPerMm, 'one side nearly fills the window');
      }
    }
  });

  it('shows the same from top to bottom in windows of different size', () => {
    const random = seeded(11);
    for (let round = 0; round < 200; round += 1) {
      const view = {
        ...views.firstSheet(TARGET, views.USUAL),
        center: { x: random() * 270, y: random() * 180 },
        paperMmPerScreenHeight: 10 + random() * 300,
      };
      for (const size of WINDOWS) {
        const paper = views.paperViewOf(view, size);
        const half = 0.5 / paper.devicePxPerMm + 1e-9;
        const middle = fromCanvas(paper, { x: size.width / 2, y: size.height / 2 });
        assert.ok(Math.abs(middle.xMm - view.center.x) <= half && Math.abs(middle.yMm - view.center.y) <= half);
        const span = fromCanvas(paper, { x: 0, y: size.height }).yMm - fromCanvas(paper, { x: 0, y: 0 }).yMm;
        assert.ok(Math.abs(span - view.paperMmPerScreenHeight) < 1e-9);
      }
    }
  });

  it('zooms where the pointer is, however many steps it takes, and back', () => {
    const random = seeded(7);
    const size = WINDOWS[0] ?? { width: 0, height: 0 };
    const start = fitted(views.USUAL, size);
    for (let round = 0; round < 50; round += 1) {
      const at = { x: size.width * (0.3 + random() * 0.4), y: size.height * (0.3 + random() * 0.4) };
      const before = fromCanvas(views.paperViewOf(start.view, size), at);
      let { view } = start;
      for (let step = 0; step < 100; step += 1) view = views.zoomAt(view, start.scene, 1.015, at);
      const paper = views.paperViewOf(view, size);
      const after = fromCanvas(paper, at);
      // Half a pixel of rounding where it began, half where it ended.
      const tolerance = 0.5 / paper.devicePxPerMm + 0.5 / views.paperViewOf(start.view, size).devicePxPerMm;
      assert.ok(Math.abs(after.xMm - before.xMm) <= tolerance && Math.abs(after.yMm - before.yMm) <= tolerance);
      for (let step = 0; step < 100; step += 1) view = views.zoomAt(view, start.scene, 1 / 1.015, at);
      assert.ok(Math.abs(view.paperMmPerScreenHeight / start.view.paperMmPerScreenHeight - 1) < 1e-9);
    }
    let far = start.view;
    for (let step = 0; step < 99; step += 1) far = views.zoomAt(far, start.scene, 0.5, { x: 3, y: 4 });
    assert.ok(far.paperMmPerScreenHeight <= start.view.paperMmPerScreenHeight * 5 + 1e-9);
    for (let step = 0; step < 99; step += 1) far = views.zoomAt(far, start.scene, 2, { x: 3, y: 4 });
    assert.ok(far.paperMmPerScreenHeight >= size.height / 80 - 1e-9);
  });

  it('follows the hand when panned, and keeps the sheet under the middle', () => {
    const size = WINDOWS[0] ?? { width: 0, height: 0 };
    const { view, scene } = fitted(views.USUAL, size);
    const large = views.atScale(view, scene, 8);
    const moved = views.panBy(large, scene, 40, -24);
    assert.ok(
      Math.abs(large.center.x - moved.center.x - 5) < 1e-9 && Math.abs(moved.center.y - large.center.y - 3) < 1e-9,
    );
    const lost = views.panBy(large, scene, -1e6, 1e6);
    assert.deepEqual(lost.center, { x: scene.sheet.widthMm, y: 0 });
  });

  it('has true millimetres at a known number of pixels in each', () => {
    for (const size of WINDOWS) {
      const { view, scene } = fitted(views.USUAL, size);
      for (const density of [3.7795, 4.311, 5.6, 11.2]) {
        const at = views.paperViewOf(views.atScale(view, scene, density), size);
        assert.ok(Math.abs(at.devicePxPerMm - density) < 1e-9);
      }
    }
  });

  it('goes through a long record page by page, by full ten seconds, the last page full', () => {
    const pages = (from: number, by: 1 | -1, lastStartS: number): number[] => {
      let view = { ...views.firstSheet(TARGET, views.USUAL), startS: from };
      return Array.from({ length: 5 }, () => {
        view = views.pageBy(view, { lastStartS }, by);
        return view.startS;
      });
    };
    assert.deepEqual(pages(0, 1, 28.4), [10, 20, 28.4, 28.4, 28.4]);
    assert.deepEqual(pages(28.4, -1, 28.4), [20, 10, 0, 0, 0]);
    assert.deepEqual(pages(3, 1, 28.4), [10, 20, 28.4, 28.4, 28.4]);
    assert.deepEqual(pages(13, -1, 28.4), [10, 0, 0, 0, 0]);
    assert.deepEqual(pages(0, 1, 0), [0, 0, 0, 0, 0]);
  });

  it('scrolls the record first, then along the sheet where that is wider than the window', () => {
    const size = WINDOWS[0] ?? { width: 0, height: 0 };
    const { view } = fitted(views.USUAL, size);
    const scene = sceneOf(view, size, 3);
    const on = views.scrollBy(view, scene, 2);
    assert.equal(on.startS, 2);
    assert.deepEqual(on.center, view.center);
    const end = views.scrollBy(on, scene, 2);
    assert.equal(end.startS, 3);
    assert.deepEqual(end.center, view.center, 'the whole sheet is in the window');
    const large = { ...views.atScale(end, scene, 12), center: { x: 60, y: 80 } };
    const further = views.scrollBy(large, scene, 1);
    assert.deepEqual([further.startS, further.center.x], [3, 85]);
    const edge = views.scrollBy(large, scene, 100);
    assert.ok(Math.abs(edge.center.x - (scene.sheet.widthMm - size.width / 12 / 2)) < 1e-9);
    const back = views.scrollBy({ ...large, startS: 0 }, scene, -100);
    assert.ok(back.startS === 0 && Math.abs(back.center.x - size.width / 12 / 2) < 1e-9);
  });

  it('keeps the place that is looked at when layout, speed or gain change', () => {
    const random = seeded(3);
    for (let round = 0; round < 100; round += 1) {
      const before = SETTINGS[Math.floor(random() * SETTINGS.length)] ?? views.USUAL;
      const after = SETTINGS[Math.floor(random() * SETTINGS.length)] ?? views.USUAL;
      const first = views.firstSheet(TARGET, before);
      const sheet = sheetOf(first);
      // On a lead of the twelve: the rhythm strip is there in one layout only.
      const strip = sheet.strips[Math.floor(random() * 12)];
      assert.ok(strip);
      const center = { x: stripX(strip, before, strip.startS + random() * 2), y: strip.baselineMm - 1 };
      const view = { ...first, center };
      const sheetAfter = sheetOf({ ...view, ...after });
      const next = views.onPaper(view, after, { before: sheet, after: sheetAfter }, 12);
      const point = fromPaper(sheet, { xMm: center.x, yMm: center.y }, 12);
      const place = point && toPaper(sheetAfter, point, 12);
      assert.ok(place && place.yMm >= 0 && place.yMm <= sheetAfter.heightMm);
      // A time that its column does not show any more may lie beyond the sheet, where the middle of the window does not go.
      const x = Math.min(Math.max(place.xMm, 0), sheetAfter.widthMm);
      assert.deepEqual(next, { ...view, ...after, center: { x, y: place.yMm } });
    }
  });
});

describe('points of an ECG on the screen', () => {
  const at = (name: string, timeS: number, amplitudeUv = 0, rhythm = false) =>
    toPoint({ lead: NAMES.indexOf(name), rhythm, timeS, amplitudeUv }, 12);
  const sheetIn = (layout: PaperSetting['layout'], startS = 0): Sheet =>
    layOutSheet(GROUP, { ...views.USUAL, layout }, startS);

  it('are shown where their time is on their strip, and nowhere else', () => {
    const sheet = sheetIn('3x4+1');
    // Beside its strip, 4 s of lead I would lie on aVR.
    assert.equal(toShownPaper(sheet, at('I', 4), 12, 0), undefined);
    assert.ok(toShownPaper(sheet, at('I', 2.4), 12, 0));
    assert.ok(toShownPaper(sheet, at('aVR', 4), 12, 0));
    assert.equal(toShownPaper(sheet, at('aVR', 2), 12, 0), undefined);
    assert.ok(toShownPaper(sheet, at('II', 9, 0, true), 12, 0), 'the rhythm strip shows all ten seconds');
    assert.equal(toShownPaper(sheet, at('II', 9), 12, 0), undefined);
    assert.ok(toShownPaper(sheetIn('12x1'), at('I', 4), 12, 0));
    assert.equal(toShownPaper(sheetIn('12x1', 10), at('I', 4), 12, 0), undefined, 'another page');
    assert.ok(toShownPaper(sheetIn('12x1', 10), at('I', 14), 12, 0));
  });

  it('at the very edge of a strip are shown, whatever rounding left over', () => {
    const sheet = sheetIn('3x4+1');
    const tolerance = 0.25;
    assert.ok(toShownPaper(sheet, at('I', 2.5 + 0.2 / 25), 12, tolerance));
    assert.equal(toShownPaper(sheet, at('I', 2.5 + 0.3 / 25), 12, tolerance), undefined);
    assert.ok(toShownPaper(sheet, at('aVR', 2.5 - 0.2 / 25), 12, tolerance));
  });

  it('set by a hand that holds on to another stay on its strip, in its time', () => {
    const random = seeded(23);
    for (const layout of LAYOUTS) {
      const sheet = sheetIn(layout, 5);
      for (let round = 0; round < 200; round += 1) {
        const held = fromShownPaper(sheet, { xMm: random() * 270, yMm: random() * 180 }, 12);
        assert.ok(held);
        assert.ok(toShownPaper(sheet, held, 12, 1e-6), 'what is set can be seen');
        const strip = stripOf(sheet, held, 12);
        const moved = fromShownPaper(sheet, { xMm: random() * 400 - 60, yMm: random() * 300 - 60 }, 12, strip);
        assert.ok(moved && strip && stripOf(sheet, moved, 12) === strip);
        assert.ok(toShownPaper(sheet, moved, 12, 1e-6));
      }
    }
  });

  it('are kept within the record and their own lead', () => {
    assert.deepEqual(clampPoint(at('V2', -3, 50), 12, 10), at('V2', 0, 50));
    assert.deepEqual(clampPoint(at('V2', 12, 50, true), 12, 10), at('V2', 10, 50, true));
    assert.deepEqual(clampPoint(at('V2', 5, 19_999), 12, 10), at('V2', 5, 19_999));
  });
});
