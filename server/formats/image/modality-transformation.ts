import { type Attributes, findNumber, findString } from '../dicom/attributes.ts';
import { functionalGroup } from '../dicom/functional-groups.ts';
import { findLookupTable, type LookupTable } from './lookup-table.ts';

/** From stored values to the modality's own, PS3.3 section C.11.1. */
export interface ModalityTransformation {
  modalityLut: LookupTable | null;
  rescaleSlope: number;
  rescaleIntercept: number;
  rescaleType: string;
  showsStoredValues: boolean;
}

const AS_STORED: ModalityTransformation = {
  modalityLut: null,
  rescaleSlope: 1,
  rescaleIntercept: 0,
  rescaleType: '',
  showsStoredValues: true,
};

/** X-Ray Angiographic, Enhanced XA, Radiofluoroscopic, Enhanced XRF, and the retired Biplane Angiographic Image Storage. */
const ANGIOGRAPHIC = new Set(
  ['12.1', '12.1.1', '12.2', '12.2.1', '12.3'].map((end) => `1.2.840.10008.5.1.4.1.1.${end}`),
);
const ANGIOGRAPHIC_MODALITIES = new Set(['XA', 'RF']);

/**
 * Reads the Modality LUT, else slope and intercept, of each frame (from 1). In angiography and fluoroscopy they lead back to the
 * beam's intensity and are not for display (PS3.3 sections C.8.7.1.1.2 and C.11.1): windows are meant for the values as stored.
 */
export function createModalityReader(
  dataset: Attributes,
  modality: string,
  signed: boolean,
): (frame: number) => ModalityTransformation {
  const relationship = findString(dataset, '00281040');
  const notLinear = relationship === 'LOG' || relationship === 'DISP';
  const angiographic = ANGIOGRAPHIC.has(findString(dataset, '00080016') ?? '');
  if (angiographic || (notLinear && ANGIOGRAPHIC_MODALITIES.has(modality))) return () => AS_STORED;
  // Elsewhere only the table is the way back to intensity; a rescale leads to the values that windows are given in.
  const item = notLinear ? undefined : dataset.items('00283000')[0];
  const modalityLut = (item && findLookupTable(item, signed)) ?? null;
  return (frame) => {
    const transformation = functionalGroup(dataset, frame, '00289145');
    const slope = findNumber(transformation, '00281053', 'DS');
    return {
      modalityLut,
      // A slope of 0 would make every pixel the same: no device means it.
      rescaleSlope: slope === undefined || slope === 0 ? 1 : slope,
      rescaleIntercept: findNumber(transformation, '00281052', 'DS') ?? 0,
      // PS3.3 section C.8.2.1.1.2: CT is in HU unless it says otherwise.
      rescaleType:
        findString(transformation, '00281054') ??
        (item && findString(item, '00283004')) ??
        (modality === 'CT' ? 'HU' : ''),
      showsStoredValues: false,
    };
  };
}
