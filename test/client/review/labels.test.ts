import assert from 'node:assert/strict';
import i18next from 'i18next';
import { en } from '../../../client/i18n/en.ts';
import { zhCn } from '../../../client/i18n/zh-CN.ts';
import { measurementText } from '../../../client/review/overlay/label.ts';
import { layoutPlates, type Plate, type PlateRequest } from '../../../client/review/overlay/label-layout.ts';
import { outlineOf } from '../../../client/shapes/shapes.ts';
import { onFrame, printFrame } from '../../../client/viewer/print-frame.ts';
import type { Shape } from '../../../server/contract/review.ts';
import { createRandom } from '../../support/random.ts';

const WINDOW = { width: 1200, height: 700 };
const same = (point: { x: number; y: number }) => point;

const meet = (a: Plate, b: Plate): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function requestsOf(seed: number, count: number): PlateRequest[] {
  const random = createRandom(seed);
  const point = () => ({ x: 150 + random.next() * 900, y: 100 + random.next() * 500 });
  return Array.from({ length: count }, (_, index) => {
    const [start, end] = [point(), point()];
    const near = { x: start.x + random.next() * 120, y: start.y + random.next() * 90 };
    const shape: Shape = random.next() < 0.5 ? { kind: 'length', start, end } : { kind: 'ellipse', start, end: near };
    const isArea = shape.kind === 'ellipse';
    const size = { width: 80 + random.next() * 140, height: isArea ? 60 : 24 };
    return { id: `mark-${index}`, size, outline: outlineOf(shape, same), isArea };
  });
}

describe('the labels of measurements', () => {
  after(() => i18next.changeLanguage('zh-CN'));

  it('in a list or the report, all values of an ellipse stand apart alike', async () => {
    const value = (quantity: 'mean' | 'deviation' | 'minimum' | 'maximum', value: number) =>
      ({ quantity, value, unit: 'HU', fractionDigits: 0 }) as const;
    const values = [value('mean', 32), value('deviation', 215), value('minimum', -790), value('maximum', 1668)];
    const shape: Shape = { kind: 'ellipse', start: { x: 0, y: 0 }, end: { x: 9, y: 9 } };
    const text = () => measurementText(shape, { values, calibration: undefined, pending: false });
    await i18next.init({ lng: 'zh-CN', resources: { 'zh-CN': zhCn, en }, fallbackLng: false });
    assert.equal(text(), '椭圆 均值 32 HU，标准差 215 HU，最小 -790 HU，最大 1668 HU');
    await i18next.changeLanguage('en');
    assert.equal(text(), 'Ellipse Mean 32 HU, SD 215 HU, Min -790 HU, Max 1668 HU');
  });

  for (let seed = 1; seed <= 60; seed++)
    it(`never lie on each other, nor out of the window, however close the marks are (seed ${seed})`, () => {
      const requests = requestsOf(seed, 8);
      const plates = layoutPlates(requests, WINDOW);
      assert.deepEqual(plates, layoutPlates(requests, WINDOW), 'the same each time');
      const all = [...plates.values()];
      assert.equal(all.length, requests.length);
      for (const [index, one] of all.entries()) {
        assert.ok(one.x >= 0 && one.y >= 0 && one.x + one.width <= WINDOW.width && one.y + one.height <= WINDOW.height);
        for (const other of all.slice(index + 1)) assert.equal(meet(one, other), false);
      }
    });

  it('stand beside what they name, not on it, and stay where they are while nothing forces them away', () => {
    const shape: Shape = { kind: 'ellipse', start: { x: 500, y: 300 }, end: { x: 560, y: 350 } };
    const request = { id: 'one', size: { width: 150, height: 60 }, outline: outlineOf(shape, same), isArea: true };
    const first = layoutPlates([request], WINDOW);
    const plate = first.get('one') ?? assert.fail('no plate');
    assert.equal(meet(plate, { x: 500, y: 300, width: 60, height: 50, leader: undefined, place: 0 }), false);
    assert.equal(plate.leader, undefined, 'near enough to need no line');
    const moved = outlineOf({ ...shape, start: { x: 502, y: 301 }, end: { x: 562, y: 351 } }, same);
    assert.equal(layoutPlates([{ ...request, outline: moved }], WINDOW, 1, first).get('one')?.place, plate.place);
  });

  it('leave a trace in sight that runs where they would stand, where there is room elsewhere', () => {
    const shape: Shape = { kind: 'caliper', start: { x: 500, y: 300 }, end: { x: 580, y: 300 }, march: false };
    const request = { id: 'one', size: { width: 160, height: 42 }, outline: outlineOf(shape, same), isArea: false };
    const free = layoutPlates([request], WINDOW).get('one') ?? assert.fail('no plate');
    const trace = Array.from({ length: 60 }, (_, index) => ({ x: free.x + index * 4, y: free.y + 20 }));
    const aside = layoutPlates([request], WINDOW, 1, undefined, trace).get('one') ?? assert.fail('no plate');
    const covers = ({ x, y }: { x: number; y: number }): boolean =>
      x >= aside.x && x <= aside.x + aside.width && y >= aside.y && y <= aside.y + aside.height;
    assert.equal(trace.filter(covers).length, 0);
  });

  it('lie where a hand put them, with a line to what they name; the others make room', () => {
    const shape: Shape = { kind: 'length', start: { x: 500, y: 300 }, end: { x: 600, y: 300 } };
    const size = { width: 90, height: 24 };
    const free = layoutPlates([{ id: 'one', size, outline: outlineOf(shape, same), isArea: false }], WINDOW).get('one');
    assert.ok(free);
    const fixed = { x: free.x + 45, y: free.y + 12 };
    const far: Shape = { kind: 'length', start: { x: 200, y: 600 }, end: { x: 300, y: 600 } };
    const plates = layoutPlates(
      [
        { id: 'one', size, outline: outlineOf(shape, same), isArea: false },
        { id: 'two', size, outline: outlineOf(far, same), isArea: false, fixed },
      ],
      WINDOW,
    );
    const [one, two] = [plates.get('one'), plates.get('two')];
    assert.ok(one && two);
    assert.deepEqual([two.x, two.y], [free.x, free.y]);
    assert.ok(two.leader, 'a line leads to what it names');
    assert.equal(meet(one, two), false);
  });
});

describe('a picture for the report', () => {
  const corners = (left: number, top: number, right: number, bottom: number) =>
    [left, right].flatMap((x) => [top, bottom].map((y) => ({ x, y })));

  it('is cropped to the image: no black beside it takes a part of the page', () => {
    const frame = printFrame(WINDOW, corners(250, 0, 950, 700), 512 / 700);
    assert.deepEqual(frame.crop, { x: 250, y: 0, width: 700, height: 700 });
    assert.equal(frame.widthPx, 1600);
    assert.deepEqual(onFrame(frame, { x: 250, y: 700 }), { x: 0, y: 1600 });
    assert.deepEqual(
      printFrame(WINDOW, corners(-500, -300, 2000, 1500), 1).crop,
      { x: 0, y: 0, ...WINDOW },
      'zoomed in',
    );
  });

  it('has letters of the same size on paper, whatever the window and the zoom were', () => {
    for (const [window, box, finest] of [
      [WINDOW, corners(250, 0, 950, 700), 0.5],
      [{ width: 500, height: 300 }, corners(0, 0, 500, 300), 4],
      [{ width: 2500, height: 1300 }, corners(0, 100, 2500, 1200), 1],
      [WINDOW, corners(500, 0, 640, 700), 1],
    ] as const) {
      const { widthPx, heightPx, scale } = printFrame(window, box, finest);
      const printed = { width: widthPx / scale, height: heightPx / scale };
      assert.ok(
        Math.abs(printed.width - 672) < 1e-6 || Math.abs(printed.height - 718) < 1e-6,
        'as large as the page allows',
      );
      assert.ok(printed.width <= 672.001 && printed.height <= 718.001);
      assert.ok(Math.max(widthPx, heightPx) >= 1600 && Math.max(widthPx, heightPx) <= 3200);
    }
  });
});
