import assert from 'node:assert/strict';
import { type DicomJson, jsonAttributes } from '../../../../server/formats/dicom/json-attributes.ts';
import { readCalibration } from '../../../../server/formats/image/calibration.ts';
import { assertClose } from '../../../support/assert-close.ts';

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
    assertClose(corrected.spacing?.rowMm, 0.16);
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
