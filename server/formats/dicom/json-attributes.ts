import { type Attributes, type NumericVr, rememberedItems } from './attributes.ts';
import { viewOf } from './dataset.ts';

/** A value of the DICOM JSON model, PS3.18 section F.2. */
export type DicomJsonValue = string | number | null | DicomJson | DicomJsonPersonName;

export interface DicomJsonPersonName {
  Alphabetic?: string;
  Ideographic?: string;
  Phonetic?: string;
}

export interface DicomJsonAttribute {
  vr: string;
  Value?: DicomJsonValue[];
  BulkDataURI?: string;
  InlineBinary?: string;
}

/** One dataset in the DICOM JSON model, PS3.18 Annex F, as `/metadata` answers it. Keys are tags, `00100010`. */
export type DicomJson = { [tag: string]: DicomJsonAttribute };

/** Attributes of a dataset in the DICOM JSON model. Values by reference (`BulkDataURI`) count as absent. */
export function jsonAttributes(dataset: DicomJson): Attributes {
  const values = (tag: string) => dataset[tag]?.Value ?? [];
  const items = rememberedItems((tag) => values(tag).filter(isDataset).map(jsonAttributes));
  return {
    has: (tag) => dataset[tag] !== undefined,
    strings: (tag) => values(tag).map(textOf),
    numbers: (tag) =>
      values(tag)
        .filter((value) => value !== null && value !== '')
        .map(Number)
        .filter(Number.isFinite),
    tags: (tag) => values(tag).map((value) => textOf(value).toUpperCase()),
    items,
    words: (tag) => wordsOf(dataset[tag]),
  } satisfies Attributes & { numbers: (tag: string, vr: NumericVr) => number[] };
}

function textOf(value: DicomJsonValue): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  const { Alphabetic = '', Ideographic = '', Phonetic = '' } = value as DicomJsonPersonName;
  return [Alphabetic, Ideographic, Phonetic].join('=').replace(/=+$/, '');
}

function isDataset(value: DicomJsonValue): value is DicomJson {
  return typeof value === 'object' && value !== null;
}

/** Inline binary is Base64 of the little endian form, PS3.18 section F.2.7. */
function wordsOf(attribute: DicomJsonAttribute | undefined): Uint16Array | undefined {
  if (attribute?.InlineBinary !== undefined) {
    const bytes = Uint8Array.from(atob(attribute.InlineBinary), (character) => character.charCodeAt(0));
    const view = viewOf(bytes);
    return Uint16Array.from({ length: bytes.length >> 1 }, (_, index) => view.getUint16(index * 2, true));
  }
  if (attribute?.Value === undefined || attribute.Value.length === 0) return undefined;
  return Uint16Array.from(attribute.Value, Number);
}
