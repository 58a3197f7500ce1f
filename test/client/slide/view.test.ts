import assert from 'node:assert/strict';
import { scaleBar } from '../../../client/slide/corner-texts.ts';
import {
  heightAt,
  magnificationOf,
  magnificationSteps,
  magnificationText,
} from '../../../client/slide/magnification.ts';
import { slideToCanvas } from '../../../client/slide/transform.ts';
import * as views from '../../../client/slide/view.ts';
import { apply, invert } from '../../../client/viewer/affine.ts';
import { createRandom } from '../../support/random.ts';

const SLIDE = { width: 98_304, height: 70_001 };
const target = { kind: 'pathology' as const, slideId: 'f'.repeat(64), widthPx: 1000 };

function randomScene(random: ReturnType<typeof createRandom>): { view: views.View; scene: views.Scene } {
  const size = { width: 200 + random.below(3000), height: 150 + random.below(2000) };
  const view = {
    target,
    center: { x: random.next() * SLIDE.width, y: random.next() * SLIDE.height },
    imagePixelsPerScreenHeight: size.height * 2 ** (random.next() * 10 - 2),
    rotation: random.pick([0, 90, 180, 270, random.next() * 360]),
  };
  return { view, scene: { slide: SLIDE, size } };
}

const near = (a: number, b: number, within: number, what: string) =>
  assert.ok(Math.abs(a - b) <= within, `${what}: ${a} is not ${b}`);

describe('a view of a slide', () => {
  it('puts its centre into the middle of every window, and its height from top to bottom, at any rotation', () => {
    const random = createRandom(31);
    for (let round = 0; round < 500; round += 1) {
      const { view, scene } = randomScene(random);
      const { width, height } = scene.size;
      const to = slideToCanvas(view, scene.size);
      const middle = apply(to, view.center);
      near(middle.x, width / 2, 0.5, `seed 31, round ${round}, x`);
      near(middle.y, height / 2, 0.5, `seed 31, round ${round}, y`);
      const [top, bottom] = [0, height].map((y) => apply(invert(to), { x: width / 2, y })) as [
        views.View['center'],
        views.View['center'],
      ];
      near(Math.hypot(top.x - bottom.x, top.y - bottom.y) / view.imagePixelsPerScreenHeight, 1, 1e-9, `round ${round}`);
    }
  });

  it('maps there and back exactly', () => {
    const random = createRandom(32);
    for (let round = 0; round < 500; round += 1) {
      const { view, scene } = randomScene(random);
      const to = slideToCanvas(view, scene.size);
      const point = { x: random.next() * SLIDE.width, y: random.next() * SLIDE.height };
      const back = apply(invert(to), apply(to, point));
      near(back.x, point.x, 1e-6, `seed 32, round ${round}, x`);
      near(back.y, point.y, 1e-6, `seed 32, round ${round}, y`);
    }
  });

  it('turns clockwise: what lies to the right of the centre goes below it at 90°', () => {
    const size = { width: 800, height: 600 };
    const view = { target, center: { x: 1000, y: 1000 }, imagePixelsPerScreenHeight: 600, rotation: 90 };
    assert.deepEqual(apply(slideToCanvas(view, size), { x: 1100, y: 1000 }), { x: 400, y: 400 });
  });

  it('lies on whole pixels where one pixel of the slide is a whole number of the canvas’s', () => {
    const random = createRandom(33);
    for (let round = 0; round < 200; round += 1) {
      const { view, scene } = randomScene(random);
      const rotation = random.pick([0, 90, 180, 270]);
      const imagePixelsPerScreenHeight = scene.size.height / random.pick([1, 2, 3]);
      const { e, f } = slideToCanvas({ ...view, rotation, imagePixelsPerScreenHeight }, scene.size);
      assert.deepEqual([e % 1, f % 1].map(Math.abs), [0, 0], `seed 33, round ${round}`);
    }
  });

  it('is the same part of the slide in the pixels of another largest level, and comes back from it', () => {
    const random = createRandom(33);
    for (let round = 0; round < 200; round += 1) {
      const { view, scene } = randomScene(random);
      const finer = views.onWidth(view, 4 * view.target.widthPx);
      assert.equal(finer.target.widthPx, 4 * view.target.widthPx);
      const [before, after] = [slideToCanvas(view, scene.size), slideToCanvas(finer, scene.size)];
      const point = { x: random.next() * SLIDE.width, y: random.next() * SLIDE.height };
      const [here, there] = [apply(before, point), apply(after, { x: 4 * point.x, y: 4 * point.y })];
      // Either may be put on whole pixels.
      near(there.x, here.x, 1, `seed 33, round ${round}, x`);
      near(there.y, here.y, 1, `seed 33, round ${round}, y`);
      assert.deepEqual(views.onWidth(finer, view.target.widthPx), view);
    }
  });

  it('keeps what is under the cursor there when zooming', () => {
    const random = createRandom(34);
    for (let round = 0; round < 500; round += 1) {
      const { view, scene } = randomScene(random);
      const at = { x: random.next() * scene.size.width, y: random.next() * scene.size.height };
      const zoomed = views.zoomAt(view, scene, 2 ** (random.next() * 2 - 1), at);
      const { x, y } = zoomed.center;
      // At the slide's edge the middle of the window has to stay on it.
      if (x === 0 || y === 0 || x === SLIDE.width || y === SLIDE.height) continue;
      const before = apply(invert(slideToCanvas(view, scene.size)), at);
      const after = apply(slideToCanvas(zoomed, scene.size), before);
      near(after.x, at.x, 1.01, `seed 34, round ${round}, x`);
      near(after.y, at.y, 1.01, `seed 34, round ${round}, y`);
    }
  });

  it('fits the whole slide into the window at any rotation, and touches two of its sides', () => {
    const random = createRandom(35);
    for (let round = 0; round < 300; round += 1) {
      const { view, scene } = randomScene(random);
      const to = slideToCanvas(views.fitView(view, scene), scene.size);
      const { width, height } = SLIDE;
      const corners = [
        [0, 0],
        [width, 0],
        [0, height],
        [width, height],
      ].map(([x = 0, y = 0]) => apply(to, { x, y }));
      const [left, right] = [Math.min(...corners.map(({ x }) => x)), Math.max(...corners.map(({ x }) => x))];
      const [top, bottom] = [Math.min(...corners.map(({ y }) => y)), Math.max(...corners.map(({ y }) => y))];
      assert.ok(left > -0.51 && top > -0.51, `seed 35, round ${round}`);
      assert.ok(right < scene.size.width + 0.51 && bottom < scene.size.height + 0.51, `seed 35, round ${round}`);
      assert.ok(left < 0.51 || top < 0.51, `seed 35, round ${round}: as large as it can be`);
    }
  });

  it('never loses the slide, however it is moved', () => {
    const random = createRandom(36);
    let { view, scene } = randomScene(random);
    for (let round = 0; round < 300; round += 1) {
      view = views.panBy(view, scene, random.next() * 4000 - 2000, random.next() * 4000 - 2000);
      view = views.zoomAt(view, scene, random.pick([0.1, 0.5, 3, 10]), {
        x: random.next() * 900,
        y: random.next() * 700,
      });
      view = views.rotateBy(view, random.pick([15, -15, 90, -90]));
      assert.deepEqual(views.clampTo(SLIDE, view.center), view.center);
      assert.ok(view.rotation >= 0 && view.rotation < 360);
      assert.ok(scene.size.height / view.imagePixelsPerScreenHeight <= 8);
    }
  });
});

describe('the magnification of a slide', () => {
  const um = { x: 0.4, y: 0.625 };

  it('is 10 µm divided by the micrometres in a CSS pixel', () => {
    const view = { target, center: { x: 0, y: 0 }, imagePixelsPerScreenHeight: 1000, rotation: 0 };
    const { times, umPerScreenPixel, beyondScan } = magnificationOf(view, 1000, { x: 0.5, y: 0.5 });
    assert.deepEqual([times, umPerScreenPixel, beyondScan], [20, 0.5, false]);
    assert.equal(magnificationText({ times, umPerScreenPixel, beyondScan }), '20× · 0.50 µm/px');
    assert.equal(magnificationOf({ ...view, imagePixelsPerScreenHeight: 400 }, 1000, um).beyondScan, true);
  });

  it('comes back from the zoom that it asks for', () => {
    for (const times of [1, 2, 4, 10, 20, 40]) {
      const imagePixelsPerScreenHeight = heightAt(times, 688, um);
      const view = { target, center: { x: 0, y: 0 }, imagePixelsPerScreenHeight, rotation: 0 };
      near(magnificationOf(view, 688, um).times, times, 1e-9, `${times}×`);
    }
  });

  it('goes to twice what was scanned, and says where that begins', () => {
    const steps = (size: number) => magnificationSteps({ x: size, y: size });
    assert.deepEqual(steps(0.499), [
      ...[1, 2, 4, 10, 20].map((times) => ({ times, beyondScan: false })),
      { times: 40, beyondScan: true },
    ]);
    assert.equal(steps(0.2527).at(-1)?.beyondScan, false);
    assert.deepEqual(
      steps(2).map(({ times }) => times),
      [1, 2, 4, 10],
    );
    assert.deepEqual(magnificationSteps(null), []);
  });
});

describe('the scale bar of a slide', () => {
  it('is the longest round length that fits', () => {
    assert.deepEqual(scaleBar(0.5, 200), { lengthPx: 200, label: '100 µm' });
    assert.deepEqual(scaleBar(0.5, 199), { lengthPx: 100, label: '50 µm' });
    assert.deepEqual(scaleBar(20, 190), { lengthPx: 100, label: '2 mm' });
    assert.equal(scaleBar(0.001, 250).label, '0.2 µm');
  });
});
