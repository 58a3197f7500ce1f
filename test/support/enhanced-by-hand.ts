import type { DicomJson, DicomJsonValue } from '../../server/formats/dicom/json-attributes.ts';

const attribute = (vr: string, ...Value: DicomJsonValue[]) => ({ vr, Value });

/** Metadata of an Enhanced CT Image of so many slices, 1 mm apart, each with all its functional groups, as Philips and GE write them. */
export function enhancedCt(frames: number): DicomJson {
  const groups = Array.from({ length: frames }, (_, index) => ({
    '00209113': attribute('SQ', { '00200032': attribute('DS', 0, 0, index) }),
    '00209116': attribute('SQ', { '00200037': attribute('DS', 1, 0, 0, 0, 1, 0) }),
    '00289132': attribute('SQ', { '00281050': attribute('DS', 40), '00281051': attribute('DS', 400) }),
    '00289145': attribute('SQ', { '00281052': attribute('DS', -1024), '00281053': attribute('DS', 1) }),
    '00289110': attribute('SQ', { '00280030': attribute('DS', 0.7, 0.7), '00180050': attribute('DS', 1) }),
  }));
  return {
    '00080016': attribute('UI', '1.2.840.10008.5.1.4.1.1.2.1'),
    '00080018': attribute('UI', '1.2.3'),
    '00080060': attribute('CS', 'CT'),
    '00280002': attribute('US', 1),
    '00280004': attribute('CS', 'MONOCHROME2'),
    '00280008': attribute('IS', frames),
    '00280010': attribute('US', 512),
    '00280011': attribute('US', 512),
    '00280100': attribute('US', 16),
    '00280101': attribute('US', 16),
    '00280103': attribute('US', 1),
    '52009230': attribute('SQ', ...groups),
  };
}
