import assert from 'node:assert/strict';
import i18next from 'i18next';
import { en } from '../../../client/i18n/en.ts';
import { zhCn } from '../../../client/i18n/zh-CN.ts';
import { imageMeasures } from '../../../client/imaging/measure.ts';
import { valueUnit } from '../../../client/imaging/value-unit.ts';
import { measureWith } from '../../../client/shapes/measurement.ts';
import { imageOf, openSample } from '../../support/imaging-world.ts';

describe('the unit of a measured value', () => {
  before(() => i18next.init({ lng: 'zh-CN', resources: { 'zh-CN': zhCn, en } }));
  after(() => i18next.changeLanguage('zh-CN'));

  it('is HU in a CT, and says “stored value” where the file’s transformation is not for display', async () => {
    const image = imageOf(await openSample('dicom/syntax/ctimage_explicit_le.dcm'));
    assert.equal(valueUnit(image), 'HU');
    const angiogram = { ...image, showsStoredValues: true, rescaleType: '', rescaleSlope: 1, rescaleIntercept: 0 };
    assert.equal(valueUnit(angiogram), '存储值');
    const { rows, columns } = image;
    const data = new Uint16Array(rows * columns).fill(700);
    const pixels = { rows, columns, samplesPerPixel: 1, photometricInterpretation: 'MONOCHROME2', data };
    const ellipse = { kind: 'ellipse', start: { x: 10, y: 10 }, end: { x: 20, y: 20 } } as const;
    const { values } = measureWith(imageMeasures(angiogram, pixels), ellipse);
    assert.deepEqual(
      values.slice(0, 1).map(({ quantity, value, unit }) => [quantity, value, unit]),
      [['mean', 700, '存储值']],
    );
    await i18next.changeLanguage('en');
    assert.equal(valueUnit(angiogram), 'stored value');
  });

  it('is left out where it is not specified', async () => {
    const image = imageOf(await openSample('dicom/syntax/ctimage_explicit_le.dcm'));
    assert.equal(valueUnit({ ...image, rescaleType: 'US' }), '');
  });
});
