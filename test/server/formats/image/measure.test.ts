import assert from 'node:assert/strict';
import type { Calibration, UltrasoundRegion } from '../../../../server/formats/image/calibration.ts';
import type { ImageDescription } from '../../../../server/formats/image/image.ts';
import { measureAngle, measureLength } from '../../../../server/formats/image/measure.ts';
import { assertClose } from '../../../support/assert-close.ts';
import { imageOf, openSample } from '../../../support/imaging-world.ts';

async function calibrated(calibration: Calibration): Promise<ImageDescription> {
  return { ...imageOf(await openSample('dicom/lut/mr_small.dcm')), calibration };
}

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
    assertClose(measureLength(image, { x: 0, y: 0 }, { x: 6, y: 2 }).value, 5);
    // 45 degrees in the patient are not 45 degrees on these pixels.
    assertClose(measureAngle(image, { x: 4, y: 0 }, { x: 0, y: 0 }, { x: 4, y: 1 })?.degrees, 45);
  });

  it('are in pixels where no size is known', async () => {
    const image = imageOf(await openSample('dicom/cr-dx-mg/nema_rg3_mono1_j2k_lossless.dcm'));
    assert.deepEqual(measureLength(image, { x: 0, y: 0 }, { x: 3, y: 4 }), {
      value: 5,
      unit: 'px',
      calibration: 'none',
    });
    assertClose(measureAngle(image, { x: 1, y: 0 }, { x: 0, y: 0 }, { x: 0, y: 9 })?.degrees, 90);
    // 256 × 120 pixels on a 4 : 3 screen.
    const squeezed = imageOf(await openSample('dicom/us/us_rgb_esopecho.dcm'));
    assertClose(measureAngle(squeezed, { x: 4, y: 0 }, { x: 0, y: 0 }, { x: 4, y: 3 })?.degrees, 45);
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
    assertClose(across.value, 100 * (region.spacing?.columnMm ?? Number.NaN));
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
