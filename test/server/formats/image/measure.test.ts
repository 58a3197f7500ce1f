import assert from 'node:assert/strict';
import { type DicomJson, jsonAttributes } from '../../../../server/formats/dicom/json-attributes.ts';
import {
  type Calibration,
  readCalibration,
  type UltrasoundRegion,
} from '../../../../server/formats/image/calibration.ts';
import type { ImageDescription } from '../../../../server/formats/image/image.ts';
import { measureAngle, measureCurve, measureLength } from '../../../../server/formats/image/measure.ts';
import { ellipseStatistics } from '../../../../server/formats/image/statistics.ts';
import { readData } from '../../../support/data.ts';
import { decodeFirst, imageOf, openSample } from '../../../support/imaging-world.ts';

async function calibrated(calibration: Calibration): Promise<ImageDescription> {
  return { ...imageOf(await openSample('dicom/lut/mr_small.dcm')), calibration };
}

const close = (found: number | undefined | null, expected: number, tolerance = 1e-9) =>
  assert.ok(Math.abs((found ?? NaN) - expected) <= tolerance, `${found} instead of ${expected}`);

describe('lengths and angles', () => {
  it('use both pixel spacings where they differ', async () => {
    const image = await calibrated({ source: 'pixel-spacing', spacing: { rowMm: 2, columnMm: 0.5 }, regions: [] });
    assert.deepEqual(measureLength(image, { x: 10, y: 10 }, { x: 18, y: 10 }), {
      value: 4,
      unit: 'mm',
      calibration: 'pixel-spacing',
    });
    assert.deepEqual(measureLength(image, { x: 10, y: 10 }, { x: 10, y: 13 }), {
      value: 6,
      unit: 'mm',
      calibration: 'pixel-spacing',
    });
    close(measureLength(image, { x: 0, y: 0 }, { x: 6, y: 2 }).value, 5);
    // 45 degrees in the patient are not 45 degrees on these pixels.
    close(measureAngle(image, { x: 4, y: 0 }, { x: 0, y: 0 }, { x: 4, y: 1 })?.degrees, 45);
  });

  it('are in pixels where no size is known', async () => {
    const image = imageOf(await openSample('dicom/cr-dx-mg/nema_rg3_mono1_j2k_lossless.dcm'));
    assert.deepEqual(measureLength(image, { x: 0, y: 0 }, { x: 3, y: 4 }), {
      value: 5,
      unit: 'px',
      calibration: 'none',
    });
    close(measureAngle(image, { x: 1, y: 0 }, { x: 0, y: 0 }, { x: 0, y: 9 })?.degrees, 90);
    // 256 × 120 pixels on a 4 : 3 screen.
    const squeezed = imageOf(await openSample('dicom/us/us_rgb_esopecho.dcm'));
    close(measureAngle(squeezed, { x: 4, y: 0 }, { x: 0, y: 0 }, { x: 4, y: 3 })?.degrees, 45);
  });

  it('give no angle where a side has no length', async () => {
    const image = await calibrated({ source: 'none', spacing: null, regions: [] });
    assert.equal(measureAngle(image, { x: 5, y: 5 }, { x: 5, y: 5 }, { x: 9, y: 9 }), null);
  });

  it('hold inside one ultrasound region only', async () => {
    const image = imageOf(await openSample('dicom/us/us_palette_rle_no_spacing.dcm'));
    const [region] = image.calibration.regions;
    assert.ok(region);
    const inside = { x: region.minX + 10, y: region.minY + 10 };
    const across = measureLength(image, inside, { x: inside.x + 100, y: inside.y });
    assert.equal(across.calibration, 'ultrasound-region');
    close(across.value, 100 * (region.spacing?.columnMm ?? Number.NaN));
    const leaving = measureLength(image, inside, { x: 0, y: 0 });
    assert.deepEqual([leaving.unit, leaving.calibration], ['px', 'none']);
  });

  it('take the region with priority where two overlap', async () => {
    const region = {
      minX: 0,
      minY: 0,
      maxX: 63,
      maxY: 63,
      spacing: { rowMm: 1, columnMm: 1 },
      axes: null,
      priority: false,
    };
    const spacing = { rowMm: 3, columnMm: 3 };
    const inner: UltrasoundRegion = { minX: 10, minY: 10, maxX: 20, maxY: 20, spacing, axes: null, priority: true };
    const image = await calibrated({ source: 'ultrasound-region', spacing: null, regions: [region, inner] });
    assert.equal(measureLength(image, { x: 11, y: 11 }, { x: 13, y: 11 }).value, 6);
    assert.equal(measureLength(image, { x: 11, y: 11 }, { x: 33, y: 11 }).value, 22);
  });
});

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
    close(value, 20);
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

describe('where the size of a pixel comes from', () => {
  const from = (modality: string, attributes: DicomJson) => readCalibration(jsonAttributes(attributes), 1, modality);
  const pixelSpacing = { '00280030': { vr: 'DS', Value: [0.2, 0.2] } };
  const detector = { '00181164': { vr: 'DS', Value: [0.2, 0.2] } };
  const magnification = { '00181114': { vr: 'DS', Value: [1.25] } };

  it('is the patient in a cross section and the detector in a projection', () => {
    assert.equal(from('CT', pixelSpacing).source, 'pixel-spacing');
    assert.equal(from('DX', detector).source, 'detector');
    assert.equal(from('DX', { ...pixelSpacing, ...detector }).source, 'detector');
    assert.equal(from('XA', pixelSpacing).source, 'detector');
  });

  it('is corrected by the magnification where that is known', () => {
    const corrected = from('XA', { ...detector, ...magnification });
    assert.equal(corrected.source, 'magnification');
    close(corrected.spacing?.rowMm, 0.16);
  });

  it('is a calibration where the file names one', () => {
    assert.equal(
      from('DX', { ...pixelSpacing, ...detector, '00280A02': { vr: 'CS', Value: ['FIDUCIAL'] } }).source,
      'fiducial',
    );
    assert.equal(from('DX', { ...pixelSpacing, '00280A02': { vr: 'CS', Value: ['GEOMETRY'] } }).source, 'geometry');
  });

  it('is unknown where nothing, or nonsense, is said', () => {
    assert.equal(from('US', {}).source, 'none');
    assert.equal(from('CT', { '00280030': { vr: 'DS', Value: [0, 0] } }).source, 'none');
    assert.equal(from('OT', { '00182010': { vr: 'DS', Value: [0.1, 0.1] } }).source, 'scanned-film');
  });
});

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
    close(found.mean, expected.mean, 1e-6);
    close(found.standardDeviation, expected.sd, 1e-6);
    close(found.areaPx, Math.PI * 29.85 * 20.85, 1e-6);
    close(found.areaMm2, Math.PI * 29.85 * 20.85 * 0.78125 ** 2, 1e-6);
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
    close(image.rescaleSlope, 2.0222414);
    close(found?.mean, (pixels.data[64 * 128 + 64] ?? 0) * 2.0222414, 1e-6);
  });
});
