import { jsonAttributes } from '../../../../server/formats/dicom/json-attributes.ts';
import type { ImageDescription } from '../../../../server/formats/image/image.ts';
import { createPassReader } from '../../../../server/formats/image/pass-facts.ts';
import type { StoredPixels } from '../../../../server/formats/image/stored-pixels.ts';

/** A description of one row of a CT, for tests that change what they look at. */
export const gray: ImageDescription = {
  frame: 1,
  numberOfFrames: 1,
  modality: 'CT',
  rows: 1,
  columns: 4,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  pixelRepresentation: 0,
  sampleFormat: 'integer',
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
  modalityLut: null,
  rescaleSlope: 1,
  rescaleIntercept: -1024,
  rescaleType: 'HU',
  showsStoredValues: false,
  windows: [],
  voiLuts: [],
  pixelPadding: null,
  palette: null,
  overlays: [],
  onlyOverlays: false,
  calibration: { source: 'none', spacing: null, regions: [] },
  pixelAspectRatio: { vertical: 1, horizontal: 1 },
  imagePositionPatient: null,
  imageOrientationPatient: null,
  sliceThicknessMm: null,
  frameOfReferenceUid: '',
  instanceNumber: null,
  pass: createPassReader(jsonAttributes({}))(1),
  lossyCompressed: false,
  lossyRatios: [],
  lossyMethods: [],
  cine: null,
};

export function grayPixels(data: StoredPixels['data']): StoredPixels {
  return { rows: 1, columns: data.length, samplesPerPixel: 1, photometricInterpretation: 'MONOCHROME2', data };
}
