import assert from 'node:assert/strict';
import { type BlackableFormat, blackOut, type PlanePlace } from '../../../client/masking/black-out.ts';
import { CoveredParts } from '../../../client/masking/covered-parts.ts';
import { coveredPixels, keptInside, type MaskZone } from '../../../client/masking/zones.ts';
import { createRandom } from '../../support/random.ts';

const [WIDTH, HEIGHT] = [64, 48];

/** A picture full of one value, with gaps between its rows as capture cards leave them. */
function pictureOf(format: BlackableFormat): { bytes: Uint8Array; places: PlanePlace[]; rows: number[] } {
  const halved = format === 'I420' || format === 'I420A' || format === 'NV12';
  const halfWidth = format === 'NV12' ? WIDTH : halved || format === 'I422' ? WIDTH / 2 : WIDTH;
  const lines = halved ? HEIGHT / 2 : HEIGHT;
  const planes =
    format.length === 4 && /^[RB]G/.test(format)
      ? [{ stride: WIDTH * 4 + 12, rows: HEIGHT }]
      : [
          { stride: WIDTH + 10, rows: HEIGHT },
          { stride: halfWidth + 6, rows: lines },
          ...(format === 'NV12' ? [] : [{ stride: halfWidth + 6, rows: lines }]),
          ...(format === 'I420A' ? [{ stride: WIDTH + 10, rows: HEIGHT }] : []),
        ];
  const places: PlanePlace[] = [];
  let offset = 0;
  for (const { stride, rows } of planes) {
    places.push({ offset, stride });
    offset += stride * rows;
  }
  return { bytes: new Uint8Array(offset).fill(77), places, rows: planes.map(({ rows }) => rows) };
}

describe('the masks of a picture', () => {
  const zone: MaskZone = { x: 0.1, y: 0.25, width: 0.33, height: 0.4 };

  it('cover every pixel that they touch, out to even ones, at whatever size the picture is', () => {
    const random = createRandom(7).next;
    for (let round = 0; round < 500; round += 1) {
      const one = keptInside({ x: random(), y: random(), width: random(), height: random() });
      const [width, height] = [16 + Math.floor(random() * 1900), 16 + Math.floor(random() * 1000)];
      const { left, top, right, bottom } = coveredPixels(one, width, height);
      assert.ok(left <= one.x * width && right >= Math.min(width, (one.x + one.width) * width), 'across');
      assert.ok(top <= one.y * height && bottom >= Math.min(height, (one.y + one.height) * height), 'down');
      assert.ok(left >= 0 && top >= 0 && right <= width && bottom <= height, 'inside of the picture');
      assert.ok(left % 2 === 0 && top % 2 === 0 && (right % 2 === 0 || right === width), 'even');
    }
  });

  it('are the whole of a picture of another shape, until they are drawn anew', () => {
    const upright = { rotation: 0, flip: false };
    const whole = (width: number, height: number) => [{ left: 0, top: 0, right: width, bottom: height }];
    for (const ratio of [null, 16 / 9]) {
      const covered = new CoveredParts({ zones: [zone], ratio });
      for (const [width, height] of [
        [1920, 1080],
        [426, 240],
        [640, 360],
      ] as const)
        assert.deepEqual(covered.of({ width, height, ...upright }), {
          rects: [coveredPixels(zone, width, height)],
          fits: true,
        });
      const cropped = { width: 1440, height: 1080, ...upright };
      assert.deepEqual(covered.of(cropped), { rects: whole(1440, 1080), fits: false });
      const [turned, mirrored] = [
        { width: 1920, height: 1080, rotation: 180, flip: false },
        { width: 1920, height: 1080, rotation: 0, flip: true },
      ];
      assert.deepEqual([covered.of(turned).fits, covered.of(mirrored).fits], [false, false]);
      covered.setPlan({ zones: [zone], ratio: 4 / 3 });
      assert.deepEqual(covered.of(cropped).rects, [coveredPixels(zone, 1440, 1080)]);
      covered.setPlan({ zones: [], ratio: null });
      assert.deepEqual(covered.of(turned), { rects: [], fits: true }, 'nothing was to be hidden');
    }
  });

  it('that there are none of is said of the plan as it is now: a picture may then go out as it came', () => {
    const covered = new CoveredParts({ zones: [], ratio: null });
    assert.ok(covered.isNothing);
    for (const ratio of [null, 4 / 3]) {
      covered.setPlan({ zones: [zone], ratio });
      assert.ok(!covered.isNothing);
    }
    covered.of({ width: 1920, height: 1080, rotation: 0, flip: false });
    assert.ok(!covered.isNothing, 'also where all of it is black');
    covered.setPlan({ zones: [], ratio: null });
    assert.ok(covered.isNothing);
    assert.ok(!new CoveredParts({ zones: [zone], ratio: null }).isNothing, 'kept from before');
  });

  it('of a plan kept from before are for no picture of another shape, not even the first', () => {
    const covered = new CoveredParts({ zones: [zone], ratio: 16 / 9 });
    assert.equal(covered.of({ width: 640, height: 480, rotation: 0, flip: false }).fits, false);
  });

  it('stay inside of the picture and large enough to be taken hold of', () => {
    assert.deepEqual(keptInside({ x: -1, y: 2, width: 0, height: 3 }), { x: 0, y: 0, width: 0.02, height: 1 });
  });

  for (const format of ['I420', 'I420A', 'I422', 'I444', 'NV12', 'RGBA', 'RGBX', 'BGRA', 'BGRX'] as const)
    it(`are black in ${format}, and change no byte outside of them`, () => {
      const { bytes, places, rows } = pictureOf(format);
      const rect = coveredPixels(zone, WIDTH, HEIGHT);
      blackOut(bytes, format, places, [rect]);
      const isPacked = places.length === 1;
      for (const [index, { offset, stride }] of places.entries()) {
        const down = (rows[index] ?? 0) / HEIGHT;
        const sharesAcross = index > 0 && index < 3 && ['I420', 'I420A', 'I422'].includes(format);
        const across = isPacked ? 4 : sharesAcross ? 0.5 : 1;
        for (let y = 0; y < (rows[index] ?? 0); y += 1)
          for (let x = 0; x < stride; x += 1) {
            const inside =
              x >= rect.left * across && x < rect.right * across && y >= rect.top * down && y < rect.bottom * down;
            const black = isPacked ? (x % 4 === 3 ? 255 : 0) : index === 0 ? 16 : index === 3 ? 255 : 128;
            const expected = inside ? black : 77;
            if (bytes[offset + y * stride + x] !== expected)
              assert.fail(`plane ${index} at ${x},${y}: ${bytes[offset + y * stride + x]} for ${expected}`);
          }
      }
    });

  it('are not drawn at all where a plane is missing: nothing is passed on half masked', () => {
    const { bytes, places } = pictureOf('I420');
    const rect = coveredPixels(zone, WIDTH, HEIGHT);
    assert.throws(() => blackOut(bytes, 'I420', places.slice(0, 2), [rect]));
  });
});
