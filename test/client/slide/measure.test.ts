import assert from 'node:assert/strict';
import { measureWith } from '../../../client/shapes/measurement.ts';
import { chooseDrawer } from '../../../client/slide/drawer-choice.ts';
import { slideMeasures } from '../../../client/slide/measure.ts';
import type { Shape } from '../../../server/contract/review.ts';
import { createRandom } from '../../support/random.ts';

const line = (x: number, y: number): Shape => ({
  kind: 'length',
  start: { x: 70_000, y: 50_000 },
  end: { x: 70_000 + x, y: 50_000 + y },
});
const valuesOf = (shape: Shape, um: { x: number; y: number } | null) => measureWith(slideMeasures(um), shape).values;
const texts = (shape: Shape, um: { x: number; y: number } | null) =>
  valuesOf(shape, um).map(
    ({ quantity, value, unit, fractionDigits }) => `${quantity} ${value.toFixed(fractionDigits)} ${unit}`,
  );

describe('measuring on a slide', () => {
  it('gives micrometres, millimetres from a thousand of them, and respects pixels that are not square', () => {
    const um = { x: 0.5, y: 0.25 };
    assert.deepEqual(texts(line(100, 0), um), ['length 50.0 µm']);
    assert.deepEqual(texts(line(0, 100), um), ['length 25.0 µm']);
    assert.deepEqual(texts(line(600, 1600), um), ['length 500 µm']);
    assert.deepEqual(texts(line(2469, 0), um), ['length 1.234 mm']);
    assert.deepEqual(texts(line(40_000, 0), um), ['length 20.00 mm']);
  });

  it('gives the area of an ellipse, in square millimetres from a tenth of one', () => {
    const ellipse = (width: number, height: number): Shape => ({
      kind: 'ellipse',
      start: { x: 9, y: 9 },
      end: { x: 9 - width, y: 9 + height },
    });
    assert.deepEqual(texts(ellipse(200, 100), { x: 0.5, y: 0.5 }), ['area 3927 µm²']);
    assert.deepEqual(texts(ellipse(1000, 1000), { x: 0.5, y: 0.5 }), ['area 0.196 mm²']);
  });

  it('gives area and perimeter of a polygon, whichever way it goes round', () => {
    const points = [
      [0, 0],
      [30, 0],
      [30, 40],
    ].map(([x = 0, y = 0]) => ({ x: 60_000 + x, y: 80_000 + y }));
    const wanted = ['area 150 µm²', 'perimeter 60.0 µm'];
    assert.deepEqual(texts({ kind: 'polygon', points }, { x: 0.5, y: 0.5 }), wanted);
    assert.deepEqual(texts({ kind: 'polygon', points: [...points].reverse() }, { x: 0.5, y: 0.5 }), wanted);
  });

  it('says pixels where nothing is known of their size', () => {
    assert.deepEqual(texts(line(3, 4), null), ['length 5.0 px']);
    assert.deepEqual(texts({ kind: 'ellipse', start: { x: 0, y: 0 }, end: { x: 20, y: 10 } }, null), ['area 157 px²']);
  });

  it('agrees with counting, for any star-shaped polygon', () => {
    const random = createRandom(51);
    for (let round = 0; round < 20; round += 1) {
      const points = Array.from({ length: 5 + random.below(20) }, (_, index) => ({
        index,
        radius: 40 + random.next() * 60,
      }));
      const corners = points.map(({ index, radius }) => {
        const angle = (2 * Math.PI * index) / points.length;
        return { x: 1e5 + radius * Math.cos(angle), y: 2e5 + radius * Math.sin(angle) };
      });
      const [area] = valuesOf({ kind: 'polygon', points: corners }, null);
      const slices = points.map(
        ({ radius }, index) => (radius * (points[(index + 1) % points.length]?.radius ?? 0)) / 2,
      );
      const wanted = slices.reduce((sum, slice) => sum + slice, 0) * Math.sin((2 * Math.PI) / points.length);
      assert.ok(Math.abs((area?.value ?? 0) - wanted) < 1e-4, `seed 51, round ${round}`);
    }
  });

  it('has no value for shapes of other pictures', () => {
    assert.deepEqual(valuesOf({ kind: 'arrow', tail: { x: 0, y: 0 }, head: { x: 1, y: 1 }, text: '' }, null), []);
    assert.deepEqual(
      valuesOf({ kind: 'caliper', start: { x: 0, y: 0 }, end: { x: 1, y: 1 }, march: false }, { x: 1, y: 1 }),
      [],
    );
  });
});

describe('what draws a slide', () => {
  const frameMs = [1, 2, 1, 2, 1];

  it('is WebGL only where a graphics card does the work', () => {
    assert.equal(
      chooseDrawer({ renderer: 'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2))', frameMs }),
      'webgl',
    );
    for (const renderer of [
      'Google SwiftShader',
      'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
      'llvmpipe (LLVM 15.0.6, 256 bits)',
      'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)',
      'Apple Software Renderer',
    ])
      assert.equal(chooseDrawer({ renderer, frameMs }), 'canvas', renderer);
  });

  it('is the canvas where WebGL is missing, fails, or is slow under whatever name', () => {
    assert.equal(chooseDrawer({ renderer: undefined, frameMs: [] }), 'canvas');
    assert.equal(chooseDrawer({ renderer: 'Mali-400', frameMs: [] }), 'canvas');
    assert.equal(chooseDrawer({ renderer: 'Mali-400', frameMs: [40, 9, 30, 28, 2] }), 'canvas');
    assert.equal(chooseDrawer({ renderer: 'Mali-G57', frameMs: [60, 3, 3, 2, 2] }), 'webgl');
  });
});
