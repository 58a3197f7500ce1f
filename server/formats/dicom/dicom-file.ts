import { Failure } from '../../contract/failure.ts';
import { type CharacterSets, inferCharacterSets } from './character-set.ts';
import { asciiValue, type Dataset, type Encoding, valueBytes, viewOf } from './dataset.ts';
import { inflate } from './inflate.ts';
import { readDataset, readMetaInformation } from './read-dataset.ts';
import { IMPLICIT_VR_LITTLE_ENDIAN, type TransferSyntax, transferSyntaxOf } from './transfer-syntax.ts';
import { isTextElement } from './value-representation.ts';

export interface DicomFile {
  /** False: a bare dataset without preamble and File Meta Information. */
  part10: boolean;
  transferSyntax: TransferSyntax;
  /** Group 0002; empty in a bare dataset. */
  meta: Dataset;
  /** Its `bytes` are the file's, or what inflating a deflated file gave. */
  dataset: Dataset;
}

export interface ReadOptions {
  /** The bytes are only a file's beginning, or the pixels do not matter: stop before pixel data and accept a cut. */
  partial?: boolean;
}

const DICM = [0x44, 0x49, 0x43, 0x4d];
const VR = /^(AE|AS|AT|CS|DA|DS|DT|FD|FL|IS|LO|LT|O[BDFLVW]|PN|S[HLQSTV]|TM|U[CILNRSTV])$/;

/**
 * Reads the structure of a file, PS3.10 section 7, without copying values or touching pixels.
 *
 * A bare dataset (no preamble, as old archives export) is accepted where it begins with group 0008 or 0002 and reads without a
 * fault to its end; its encoding is told from its first element. Anything else without `DICM` is not DICOM.
 *
 * Throws `file-empty`, `not-dicom`, `file-truncated`, `file-damaged`, `file-too-large` (a deflated bomb).
 */
export function readDicomFile(bytes: Uint8Array, options: ReadOptions = {}): DicomFile {
  if (bytes.length === 0) throw failure('file-empty', 'the file has no bytes');
  const part10 = isPart10(bytes);
  const partial = options.partial ?? false;
  try {
    const file = part10 ? readFrom(bytes, 132, true, partial) : readFrom(bytes, 0, false, partial);
    settleCharacterSets(file.dataset);
    return file;
  } catch (error) {
    // Of a file that only might be DICOM nobody can say that it is damaged.
    if (!part10) throw failure('not-dicom', 'no DICM prefix, and no dataset reads without it', error);
    if (error instanceof Failure) throw error;
    throw failure('file-damaged', 'the file cannot be read as DICOM', error);
  }
}

function failure(reason: 'file-empty' | 'not-dicom' | 'file-damaged', message: string, cause?: unknown): Failure {
  return new Failure('invalid-message', message, { reason, cause });
}

/** The letters alone may stand in the data of a bare dataset: group 0002 must follow them. */
function isPart10(bytes: Uint8Array): boolean {
  return DICM.every((byte, index) => bytes[128 + index] === byte) && bytes[132] === 2 && bytes[133] === 0;
}

function readFrom(bytes: Uint8Array, start: number, part10: boolean, partial: boolean): DicomFile {
  const hasMeta = part10 || (bytes[0] === 2 && bytes[1] === 0);
  const meta = readMetaInformation(bytes, start, hasMeta, partial);
  const declared = asciiValue(meta, '00020010');
  const guess = guessEncoding(bytes, meta.end);
  if (declared === '' && guess === undefined && !(partial && meta.cut))
    throw failure('not-dicom', 'no dataset begins here');
  const transferSyntax = transferSyntaxOf(declared === '' ? uidOf(guess) : declared);
  if (transferSyntax.deflated) {
    const inflated = inflate(bytes.subarray(meta.end), partial);
    return { part10, transferSyntax, meta, dataset: readDataset(inflated, 0, transferSyntax, partial) };
  }
  // Some gateways rewrite a dataset in the other form and leave the declaration: what stands there counts.
  const encoding = guess?.littleEndian === transferSyntax.littleEndian ? guess : transferSyntax;
  return { part10, transferSyntax, meta, dataset: readDataset(bytes, meta.end, encoding, partial) };
}

/** From the first element: identifying groups come first, so its group tells the byte order and its next bytes the VR. */
function guessEncoding(bytes: Uint8Array, start: number): Encoding | undefined {
  if (start + 8 > bytes.length) return undefined;
  const explicit = VR.test(String.fromCharCode(bytes[start + 4] ?? 0, bytes[start + 5] ?? 0));
  if (viewOf(bytes).getUint16(start, true) === 8) return { explicit, littleEndian: true };
  if (viewOf(bytes).getUint16(start, false) === 8 && explicit) return { explicit, littleEndian: false };
  return undefined;
}

function uidOf(encoding: Encoding | undefined): string {
  if (encoding?.explicit !== true) return IMPLICIT_VR_LITTLE_ENDIAN;
  return encoding.littleEndian ? '1.2.840.10008.1.2.1' : '1.2.840.10008.1.2.2';
}

/** Where the dataset declares nothing or Latin-1 but is written in GBK or UTF-8, puts that in force for it and its items. */
function settleCharacterSets(dataset: Dataset): void {
  const inferred = inferCharacterSets(dataset.characterSets, textValues(dataset));
  if (inferred !== undefined) replaceCharacterSets(dataset, dataset.characterSets.join('\\'), inferred);
}

function* textValues(dataset: Dataset): Generator<Uint8Array> {
  for (const element of dataset.elements.values()) {
    if (isTextElement(element)) yield valueBytes(dataset, element).subarray(0, 4096);
  }
}

function replaceCharacterSets(dataset: Dataset, declared: string, sets: CharacterSets): void {
  if (dataset.characterSets.join('\\') !== declared) return;
  dataset.characterSets = sets;
  for (const element of dataset.elements.values()) {
    for (const item of element.items ?? []) replaceCharacterSets(item, declared, sets);
  }
}
