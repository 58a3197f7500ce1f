import assert from 'node:assert/strict';
import { type DicomJson, jsonAttributes } from '../../../../server/formats/dicom/json-attributes.ts';
import { readCalibration } from '../../../../server/formats/image/calibration.ts';
import type { ImageDescription } from '../../../../server/formats/image/image.ts';
import { measureAngle, measureCurve, measureLength } from '../../../../server/formats/image/measure.ts';
import { assertClose } from '../../../support/assert-close.ts';
import { imageOf, openSample } from '../../../support/imaging-world.ts';

const fd = (...Value: number[]) => ({ vr: 'FD', Value });

/** An item of the Sequence of Ultrasound Regions: 1 two-dimensional, 2 M-mode, 3 spectral; units 3 cm, 4 s, 7 cm/s. */
function ultrasoundRegion(format: number, units: [number, number], corners: [number, number, number, number]) {
  const value = (vr: string, ...Value: number[]) => ({ vr, Value });
  const [minX, minY, maxX, maxY] = corners;
  return {
    '00186012': value('US', format),
    '00186016': value('UL', 0),
    '00186018': value('UL', minX),
    '0018601A': value('UL', minY),
    '0018601C': value('UL', maxX),
    '0018601E': value('UL', maxY),
    '00186024': value('US', units[0]),
    '00186026': value('US', units[1]),
    '0018602C': fd(0.02),
    '0018602E': fd(0.02),
  };
}

describe('an ultrasound picture with regions', () => {
  const M_MODE = ultrasoundRegion(2, [4, 3], [0, 100, 199, 199]);
  const DOPPLER = ultrasoundRegion(3, [4, 7], [0, 100, 199, 199]);
  const TISSUE = ultrasoundRegion(1, [3, 3], [0, 0, 199, 99]);
  const pictureWith = async (...regions: DicomJson[]) => {
    const header = jsonAttributes({
      '00186011': { vr: 'SQ', Value: regions },
      '00280030': { vr: 'DS', Value: [0.3, 0.3] },
    });
    const image = imageOf(await openSample('dicom/us/us_rgb_explicit.dcm'));
    return { ...image, calibration: readCalibration(header, 1, 'US') };
  };

  it('never calls seconds or velocities millimetres, whatever pixel spacing the file states', async () => {
    for (const region of [M_MODE, DOPPLER, ultrasoundRegion(2, [4, 3], [0, 0, 199, 199])]) {
      const image = await pictureWith(region);
      assert.equal(image.calibration.spacing, null, 'no scale bar');
      for (const y of [20, 150]) assert.equal(measureLength(image, { x: 10, y }, { x: 110, y }).unit, 'px');
    }
  });

  const curveWith = async (format: number, units: [number, number], deltas: [number, number]) => {
    const region = ultrasoundRegion(format, units, [0, 100, 199, 199]);
    const [x, y] = deltas;
    return pictureWith(TISSUE, { ...region, '0018602C': fd(x), '0018602E': fd(y) });
  };
  const [from, to] = [
    { x: 20, y: 110 },
    { x: 70, y: 150 },
  ];
  const rounded = (image: ImageDescription) =>
    Object.values(measureCurve(image, from, to) ?? {}).map(
      (each) => each && `${Number(each.value.toFixed(6))} ${each.unit}`,
    );

  it('tells time, depth or velocity and the slope apart inside a curve, each in the unit that the file states', async () => {
    // 50 pixels across and 40 down.
    const cases: [number, [number, number], [number, number], (string | null)[]][] = [
      [2, [4, 3], [0.004, 0.02], ['200 ms', '8 mm', '40 mm/s']],
      [3, [4, 7], [0.004, -0.5], ['200 ms', '20 cm/s', '100 cm/s²']],
      [3, [4, 7], [0.004, 0.5], ['200 ms', '20 cm/s', '100 cm/s²']],
      [3, [4, 5], [0.002, -25], ['100 ms', '1000 Hz', '10000 Hz/s']],
      [4, [4, 0], [0.01, 0], ['500 ms', null, null]],
      [4, [4, 2], [0.01, 0.1], ['500 ms', '4 dB', '8 dB/s']],
      [4, [4, 9], [0.01, 0.1], ['500 ms', '4 cm²/s', '8 cm²/s²']],
      [4, [1, 11], [1, 0.1], ['50 %', '4 cm³/s', null]],
    ];
    for (const [format, units, deltas, expected] of cases) {
      const image = await curveWith(format, units, deltas);
      assert.deepEqual(rounded(image), expected, `${format} ${units}`);
      assert.equal(measureLength(image, from, to).unit, 'px', 'no distance goes across');
      assert.equal(measureAngle(image, from, to, { x: 90, y: 160 }), null, 'nor any angle');
      assert.equal(image.calibration.source, 'ultrasound-region');
    }
  });

  it('has no such values across two regions, outside of them, in graphics or where no unit is stated', async () => {
    const doppler = await curveWith(3, [4, 7], [0.004, 0.5]);
    assert.equal(measureCurve(doppler, { x: 20, y: 50 }, to), null, 'from the tissue into the curve');
    assert.equal(measureCurve(doppler, from, { x: 250, y: 150 }), null, 'out of it');
    assert.equal(measureCurve(doppler, { x: 20, y: 20 }, { x: 40, y: 40 }), null, 'in the tissue');
    const second = ultrasoundRegion(3, [4, 7], [60, 100, 199, 199]);
    assert.equal(measureCurve(await pictureWith(DOPPLER, second), from, to), null, 'from one spectrum into another');
    for (const image of [await curveWith(5, [4, 7], [0.1, 1]), await curveWith(3, [0, 0], [1, 1])])
      assert.equal(measureCurve(image, from, to), null);
    assert.deepEqual(rounded(await curveWith(3, [4, 7], [0, 0.5])), [null, '20 cm/s', null], 'of no stated time');
  });

  it('is in millimetres in its tissue and in pixels in the curve below and outside of both', async () => {
    const image = await pictureWith(TISSUE, DOPPLER);
    const { value, unit } = measureLength(image, { x: 10, y: 20 }, { x: 110, y: 20 });
    assertClose(value, 20);
    assert.equal(unit, 'mm');
    const others: [number, number][] = [
      [150, 150],
      [20, 150],
      [250, 250],
    ];
    for (const [from, to] of others)
      assert.equal(measureLength(image, { x: 10, y: from }, { x: 110, y: to }).unit, 'px', `${from} to ${to}`);
    assert.equal(image.calibration.spacing, null, 'no scale bar');
  });

  it('is in pixels where a curve lies over the tissue', async () => {
    const image = await pictureWith(ultrasoundRegion(1, [3, 3], [0, 0, 399, 399]), DOPPLER);
    assert.equal(measureLength(image, { x: 10, y: 20 }, { x: 110, y: 20 }).unit, 'mm');
    assert.equal(measureLength(image, { x: 10, y: 150 }, { x: 110, y: 150 }).unit, 'px');
    assert.equal(measureLength(image, { x: 10, y: 20 }, { x: 110, y: 150 }).unit, 'px');
  });

  it('is in pixels where its only region is one that cannot be read', async () => {
    const image = await pictureWith({ '00186012': { vr: 'US', Value: [1] } });
    assert.equal(measureLength(image, { x: 10, y: 20 }, { x: 110, y: 20 }).unit, 'px');
  });
});
