import { findNumber } from './attributes.ts';
import { dictionaryVr } from './data-dictionary.ts';
import { type Dataset, type DicomElement, valueBytes, viewOf } from './dataset.ts';
import type { DicomFile } from './dicom-file.ts';
import { personNameOf, toBase64 } from './dicom-json-values.ts';
import type { DicomJson, DicomJsonAttribute, DicomJsonValue } from './json-attributes.ts';
import {
  itemsOf,
  littleEndianOf,
  numberValues,
  parsedAttributes,
  stringValues,
  tagValues,
} from './parsed-attributes.ts';

export interface DicomJsonOptions {
  /**
   * The address of a large binary value; `path` finds it again with {@link bulkDataValue}. undefined: the value goes in line, or,
   * of pixel data, is left out.
   */
  bulkDataUri: (path: string) => string | undefined;
  /** Binary values up to this size go in line. 1024 if not given. */
  maxInlineBytes?: number;
}

const BINARY_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN']);
const NUMERIC_VRS = new Set(['US', 'SS', 'UL', 'SL', 'FL', 'FD']);
const WORD_BYTES: Record<string, number> = { OW: 2, OF: 4, OL: 4, OD: 8, OV: 8 };
const PIXEL_DATA = new Set(['7FE00008', '7FE00009', '7FE00010']);
/** LUT Data, palette data and segmented palette data: without them the metadata alone would not draw the image. */
const LUT_DATA = /^0028(3006|120[123]|122[123])$/;

interface Context {
  options: DicomJsonOptions;
  signedPixels: boolean;
}

/**
 * The DICOM JSON model of a file's dataset, PS3.18 Annex F: as `/metadata` answers it. Text is Unicode, so (0008,0005) says
 * ISO_IR 192; (0008,3002) names the file's transfer syntax. No group lengths, no File Meta Information.
 */
export function toDicomJson({ dataset, transferSyntax }: DicomFile, options: DicomJsonOptions): DicomJson {
  const signedPixels = findNumber(parsedAttributes(dataset), '00280103', 'US') === 1;
  const json = datasetToJson(dataset, { options, signedPixels }, '');
  return sorted({ ...json, '00083002': { vr: 'UI', Value: [transferSyntax.uid] } });
}

/** The bytes, little endian, of the value that `path` names; undefined: there is none. Fragments come one after another. */
export function bulkDataValue({ dataset }: DicomFile, path: string): Uint8Array | undefined {
  let around = dataset;
  const steps = path.split('.');
  for (let step = 0; step + 2 < steps.length; step += 2) {
    const item = itemsOf(around, around.elements.get(steps[step] ?? ''))[Number(steps[step + 1]) - 1];
    if (item === undefined) return undefined;
    around = item;
  }
  const element = around.elements.get(steps.at(-1) ?? '');
  if (element === undefined || element.items !== undefined) return undefined;
  const [, ...fragments] = element.fragments ?? [];
  if (element.fragments === undefined) return littleEndianBytes(around, element, element.vr ?? 'OW');
  const joined = new Uint8Array(fragments.reduce((sum, { length }) => sum + length, 0));
  let position = 0;
  for (const { offset, length } of fragments) {
    joined.set(around.bytes.subarray(offset, offset + length), position);
    position += length;
  }
  return joined;
}

function datasetToJson(dataset: Dataset, context: Context, path: string): DicomJson {
  const json: DicomJson = {};
  for (const element of dataset.elements.values()) {
    if (element.tag.endsWith('0000') || element.tag.startsWith('0002')) continue;
    json[element.tag] = attributeOf(dataset, element, context, path + element.tag);
  }
  if (json['00080005'] !== undefined) json['00080005'] = { vr: 'CS', Value: ['ISO_IR 192'] };
  return sorted(json);
}

function sorted(json: DicomJson): DicomJson {
  return Object.fromEntries(Object.entries(json).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function attributeOf(dataset: Dataset, element: DicomElement, context: Context, path: string): DicomJsonAttribute {
  const items = itemsOf(dataset, element);
  const known = element.vr === undefined || element.vr === 'UN';
  const vr =
    element.items !== undefined || items.length > 0
      ? 'SQ'
      : known
        ? dictionaryVr(element.tag, context.signedPixels)
        : (element.vr ?? 'UN');
  if (vr === 'SQ')
    return withValue(
      vr,
      items.map((item, index) => datasetToJson(item, context, `${path}.${index + 1}.`)),
    );
  if (PIXEL_DATA.has(element.tag) || BINARY_VRS.has(vr)) return binary(dataset, element, vr, context, path);
  return withValue(vr, valuesOf(dataset, element, vr));
}

function withValue(vr: string, values: DicomJsonValue[]): DicomJsonAttribute {
  return values.length === 0 ? { vr } : { vr, Value: values };
}

function binary(
  dataset: Dataset,
  element: DicomElement,
  vr: string,
  context: Context,
  path: string,
): DicomJsonAttribute {
  const { options } = context;
  const pixels = PIXEL_DATA.has(element.tag);
  const large = pixels || (element.length > (options.maxInlineBytes ?? 1024) && !LUT_DATA.test(element.tag));
  const uri = large ? options.bulkDataUri(path) : undefined;
  if (uri !== undefined) return { vr, BulkDataURI: uri };
  if (pixels || element.fragments !== undefined || element.length === 0) return { vr };
  return { vr, InlineBinary: toBase64(littleEndianBytes(dataset, element, vr)) };
}

function littleEndianBytes(dataset: Dataset, element: DicomElement, vr: string): Uint8Array {
  const bytes = valueBytes(dataset, element);
  const size = WORD_BYTES[vr] ?? 1;
  if (size === 1 || littleEndianOf(dataset, element)) return bytes;
  return bytes.map((_, index) => bytes[index ^ (size - 1)] ?? 0);
}

function valuesOf(dataset: Dataset, element: DicomElement, vr: string): DicomJsonValue[] {
  if (element.length === 0) return [];
  if (NUMERIC_VRS.has(vr)) {
    const numbers = numberValues(dataset, element, vr as 'US');
    // JSON has no other way to write them.
    return numbers.map((value) => (Number.isFinite(value) ? value : String(value)));
  }
  if (vr === 'AT') return tagValues(dataset, element);
  if (vr === 'SV' || vr === 'UV') return bigValues(dataset, element, vr);
  const texts = stringValues(dataset, { ...element, vr });
  if (texts.every((text) => text === '')) return [];
  if (vr === 'PN') return texts.map(personNameOf);
  if (vr === 'DS' || vr === 'IS')
    return texts.map((text) => (text === '' ? null : Number.isFinite(Number(text)) ? Number(text) : text));
  return texts.map((text) => (text === '' ? null : text));
}

/** 64-bit integers that a number cannot hold are strings, PS3.18 table F.2.3-1. */
function bigValues(dataset: Dataset, element: DicomElement, vr: 'SV' | 'UV'): DicomJsonValue[] {
  const view = viewOf(valueBytes(dataset, element));
  const littleEndian = littleEndianOf(dataset, element);
  return Array.from({ length: element.length >> 3 }, (_, index) => {
    const value = vr === 'SV' ? view.getBigInt64(index * 8, littleEndian) : view.getBigUint64(index * 8, littleEndian);
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  });
}
