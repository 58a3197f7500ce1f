import assert from 'node:assert/strict';
import { ellipseStatistics } from '../../../../server/formats/image/statistics.ts';
import { assertClose } from '../../../support/assert-close.ts';
import { readData } from '../../../support/data.ts';
import { decodeFirst } from '../../../support/imaging-world.ts';

/** Straight from the file's bytes: the pixels of this uncompressed series begin 2 × 512 × 512 bytes before the end. */
async function handCounted(path: string, inside: (column: number, row: number) => boolean) {
  const bytes = await readData(path);
  const view = new DataView(bytes.buffer, bytes.byteLength - 2 * 512 * 512);
  const values: number[] = [];
  for (let row = 0; row < 512; row += 1) {
    for (let column = 0; column < 512; column += 1) {
      // Rescale Intercept of the series: -1000.
      if (inside(column, row)) values.push(view.getUint16(2 * (row * 512 + column), true) - 1000);
    }
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { count: values.length, mean, sd, min: Math.min(...values), max: Math.max(...values) };
}

describe('an ellipse on a CT', () => {
  const path = 'dicom/series/ct-chest-lidc0314/ct_141.dcm';

  it('has the mean, deviation, least and greatest value in HU that the file’s bytes give', async () => {
    const { image, pixels } = await decodeFirst(path);
    const found = ellipseStatistics(pixels, image, { start: { x: 200.3, y: 240 }, end: { x: 260, y: 281.7 } });
    const expected = await handCounted(path, (column, row) => {
      const x = (column + 0.5 - 230.15) / 29.85;
      const y = (row + 0.5 - 260.85) / 20.85;
      return x * x + y * y <= 1;
    });
    assert.ok(found && expected.count > 1900);
    assert.deepEqual(
      [found.count, found.min, found.max, found.unit],
      [expected.count, expected.min, expected.max, 'HU'],
    );
    assertClose(found.mean, expected.mean, 1e-6);
    assertClose(found.standardDeviation, expected.sd, 1e-6);
    assertClose(found.areaPx, Math.PI * 29.85 * 20.85, 1e-6);
    assertClose(found.areaMm2, Math.PI * 29.85 * 20.85 * 0.78125 ** 2, 1e-6);
    assert.equal(found.calibration, 'pixel-spacing');
  });

  it('is the same whichever corner it was drawn from', async () => {
    const { image, pixels } = await decodeFirst(path);
    const [a, b] = [
      { x: 100, y: 120 },
      { x: 140, y: 200 },
    ];
    const drawn = [
      [a, b],
      [b, a],
      [
        { x: a.x, y: b.y },
        { x: b.x, y: a.y },
      ],
    ] as const;
    const [first, ...others] = drawn.map(([start, end]) => ellipseStatistics(pixels, image, { start, end }));
    for (const other of others) assert.deepEqual(other, first);
  });

  it('counts the pixels whose centre is inside or on it', async () => {
    const { image, pixels } = await decodeFirst(path);
    const count = (start: [number, number], end: [number, number]) =>
      ellipseStatistics(pixels, image, { start: { x: start[0], y: start[1] }, end: { x: end[0], y: end[1] } })?.count;
    assert.equal(count([10, 10], [11, 11]), 1);
    // Radius 1 about a corner: the four centres are √½ away. Radius 1 about a centre: it and the four beside it, which lie on the line.
    assert.equal(count([9, 9], [11, 11]), 4);
    assert.equal(count([9.5, 9.5], [11.5, 11.5]), 5);
    assert.equal(count([10.6, 10.6], [10.9, 10.9]), 0);
    assert.equal(count([10, 10], [10, 30]), 0);
  });

  it('says nothing where no pixel counts, outside the image or on padding', async () => {
    const { image, pixels } = await decodeFirst(path);
    const outside = ellipseStatistics(pixels, image, { start: { x: -50, y: -50 }, end: { x: -10, y: -10 } });
    assert.deepEqual(
      [outside?.count, outside?.mean, outside?.standardDeviation, outside?.min, outside?.max],
      [0, null, null, null, null],
    );
    const padded = { ...image, pixelPadding: { low: -32768, high: 32767 } };
    assert.equal(ellipseStatistics(pixels, padded, { start: { x: 100, y: 100 }, end: { x: 200, y: 200 } })?.count, 0);
  });

  it('counts only the part of it that is on the image', async () => {
    const { image, pixels } = await decodeFirst(path);
    const whole = ellipseStatistics(pixels, image, { start: { x: 100, y: 100 }, end: { x: 140, y: 140 } });
    const half = ellipseStatistics(pixels, image, { start: { x: -20, y: 100 }, end: { x: 20, y: 140 } });
    assert.equal(half?.count, (whole?.count ?? 0) / 2);
  });

  it('gives no values of a colour image', async () => {
    const { image, pixels } = await decodeFirst('dicom/us/us_rgb_explicit.dcm');
    assert.equal(ellipseStatistics(pixels, image, { start: { x: 10, y: 10 }, end: { x: 50, y: 50 } }), null);
  });

  it('uses the slope of a PET series', async () => {
    const { image, pixels } = await decodeFirst('dicom/series/pt-wholebody-qin0024/pt_150.dcm');
    const found = ellipseStatistics(pixels, image, { start: { x: 64, y: 64 }, end: { x: 65, y: 65 } });
    assertClose(image.rescaleSlope, 2.0222414);
    assertClose(found?.mean, (pixels.data[64 * 128 + 64] ?? 0) * 2.0222414, 1e-6);
  });
});
