import { Failure } from '../../contract/failure.ts';
import { type Attributes, findNumber, findString } from './attributes.ts';
import { asciiValue } from './dataset.ts';
import { type DicomFile, type ReadOptions, readDicomFile } from './dicom-file.ts';
import { parsedAttributes } from './parsed-attributes.ts';
import { checkPixelData } from './pixel-data.ts';

/** What a file says about itself, enough to group, list and store it. Text is decoded and trimmed; absent: ''. */
export interface DicomHeader {
  transferSyntaxUid: string;
  /** False: readable, but not a Part 10 file (no preamble); other programs may refuse it. */
  part10: boolean;
  sopClassUid: string;
  sopInstanceUid: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  /** As stored, decoded: component groups parted by `=`, components by `^`. For people: `formatPersonName`. */
  patientName: string;
  patientId: string;
  /** `YYYYMMDD` as stored. */
  patientBirthDate: string;
  patientSex: string;
  studyDate: string;
  studyTime: string;
  studyId: string;
  studyDescription: string;
  accessionNumber: string;
  referringPhysicianName: string;
  modality: string;
  seriesNumber: number | null;
  seriesDescription: string;
  bodyPartExamined: string;
  instanceNumber: number | null;
  numberOfFrames: number;
  /** null: no image. */
  rows: number | null;
  columns: number | null;
  hasPixelData: boolean;
}

export type ReadHeaderOptions = ReadOptions;

/** PS3.5 section 9.1, but for leading zeros, which devices write. */
const UID = /^[0-9]+(\.[0-9]+)*$/;
const MEDIA_STORAGE_DIRECTORY = '1.2.840.10008.1.3.10';

/**
 * Reads a file's header. Without `partial` the file is also checked to be whole: every element, sequence and fragment ends
 * inside it, and the pixel data is as long as its description says.
 *
 * Throws `Failure('invalid-message')` with the reason `file-empty`, `not-dicom` (also a DICOMDIR, which is a list of
 * files and no object), `file-truncated`, or `file-damaged` (also without the UIDs that tell an object from another);
 * `Failure('too-large')`, `file-too-large`, for a deflated file that inflates beyond measure.
 */
export function readHeader(bytes: Uint8Array, options: ReadHeaderOptions = {}): DicomHeader {
  const file = readDicomFile(bytes, options);
  const header = headerOf(file);
  if (options.partial !== true) checkPixelData(file);
  return header;
}

/** As {@link readHeader}, of a file already read. */
export function headerOf(file: DicomFile): DicomHeader {
  if (asciiValue(file.meta, '00020002') === MEDIA_STORAGE_DIRECTORY) {
    throw new Failure('invalid-message', 'a DICOMDIR lists files and is none', { reason: 'not-dicom' });
  }
  const attributes = parsedAttributes(file.dataset);
  return {
    transferSyntaxUid: file.transferSyntax.uid,
    part10: file.part10,
    sopClassUid: uid(attributes, '00080016'),
    sopInstanceUid: uid(attributes, '00080018'),
    studyInstanceUid: uid(attributes, '0020000D'),
    seriesInstanceUid: uid(attributes, '0020000E'),
    ...patientOf(attributes),
    ...studyOf(attributes),
    modality: text(attributes, '00080060'),
    seriesNumber: findNumber(attributes, '00200011', 'IS') ?? null,
    seriesDescription: text(attributes, '0008103E'),
    bodyPartExamined: text(attributes, '00180015'),
    instanceNumber: findNumber(attributes, '00200013', 'IS') ?? null,
    numberOfFrames: Math.max(1, Math.trunc(findNumber(attributes, '00280008', 'IS') ?? 1)),
    rows: findNumber(attributes, '00280010', 'US') ?? null,
    columns: findNumber(attributes, '00280011', 'US') ?? null,
    hasPixelData: ['7FE00010', '7FE00008', '7FE00009'].some((tag) => attributes.has(tag)),
  };
}

function patientOf(attributes: Attributes) {
  return {
    patientName: text(attributes, '00100010'),
    patientId: text(attributes, '00100020'),
    patientBirthDate: text(attributes, '00100030'),
    patientSex: text(attributes, '00100040'),
  };
}

function studyOf(attributes: Attributes) {
  return {
    studyDate: text(attributes, '00080020'),
    studyTime: text(attributes, '00080030'),
    studyId: text(attributes, '00200010'),
    studyDescription: text(attributes, '00081030'),
    accessionNumber: text(attributes, '00080050'),
    referringPhysicianName: text(attributes, '00080090'),
  };
}

function text(attributes: Attributes, tag: string): string {
  return findString(attributes, tag) ?? '';
}

function uid(attributes: Attributes, tag: string): string {
  const value = text(attributes, tag);
  if (value.length <= 64 && UID.test(value)) return value;
  // A long one is no damage: the file is whole, and its vendor has to correct what writes it.
  const reason = UID.test(value) ? 'uid-too-long' : 'file-damaged';
  throw new Failure('invalid-message', `no valid UID in (${tag})`, { reason });
}
