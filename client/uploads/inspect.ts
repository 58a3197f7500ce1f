import { documentTypeOf } from '../../server/contract/document-types.ts';
import { Failure, type FailureReason } from '../../server/contract/failure.ts';
import { MAX_DOCUMENT_BYTES, MAX_FILE_BYTES } from '../../server/contract/limits.ts';
import type { PictureKind } from '../../server/contract/picture-kinds.ts';
import { pictureKindOf } from '../../server/contract/storage-classes.ts';
import { readDicomFile } from '../../server/formats/dicom/dicom-file.ts';
import { type DicomHeader, headerOf, readHeader } from '../../server/formats/dicom/header.ts';
import { checkPixelData } from '../../server/formats/dicom/pixel-data.ts';
import { encapsulatedDocument } from '../../server/formats/document/encapsulated.ts';
import { readPdf } from '../../server/formats/document/pdf.ts';
import { type PhotographFormat, stripPhotograph } from '../../server/formats/document/photograph.ts';
import { FOREIGN_ECG_HEAD_BYTES, foreignEcgFormatOf } from '../../server/formats/ecg/foreign-format.ts';
import { readEcg } from '../../server/formats/ecg/read-ecg.ts';
import { openBrowserPdfReader } from '../documents/browser-pdf-reader.ts';
import { MAGIC_BYTES, magicOf } from './magic.ts';
import { sha256Of, sha256OfLarge } from './sha256.ts';

/** Those of the contract's reasons that a file's own bytes tell before anything is sent. */
const TOLD_BY_BYTES = [
  'not-dicom',
  'file-empty',
  'file-truncated',
  'file-damaged',
  'file-too-large',
  'no-ecg',
  'ecg-format-unsupported',
  'waveform-uncalibrated',
  'waveform-inconsistent',
  'waveform-encoding-unsupported',
  'uid-too-long',
  'pdf-encrypted',
  'document-too-large',
  'photograph-format-unsupported',
  'office-format-unsupported',
] as const satisfies FailureReason[];

/**
 * Why a file is not sent: one of the contract's reasons, or
 * - `index`: a DICOMDIR, a list of the files beside it.
 * - `archive`: packed; its contents would have to be unpacked first.
 * - `unreadable`: gone, locked or unplugged while it was read.
 */
export type Unfit = (typeof TOLD_BY_BYTES)[number] | 'index' | 'archive' | 'unreadable';

/**
 * - `slide-file`: a TIFF by its first bytes. Whether it is a slide the server tells, which has the code to read one.
 * - `document-file`: a PDF, or a photograph (no pages), of which `stripped` is sent in its place: the hash is that one's.
 */
export type Inspection =
  | { kind: 'dicom'; sha256: string; header: DicomHeader; pictureKind: PictureKind }
  | { kind: 'slide-file'; sha256: string }
  | { kind: 'document-file'; sha256: string; pageCount: number | null; stripped: Blob | null }
  | { kind: 'unfit'; reason: Unfit };

/** Files up to here are read at once and checked to be whole; of larger ones the hash is taken piece by piece. */
const WHOLE_BYTES = 64 * 1024 ** 2;
/** A header ends within the first of these that holds it; private tables before the UIDs can be large. */
const PREFIX_BYTES = [1024 ** 2, 16 * 1024 ** 2, WHOLE_BYTES];

/**
 * Reads one file: what it is, told by its content, and the SHA-256 of its bytes. Never throws: a file that cannot be read
 * is a finding.
 */
export async function inspectFile(name: string, file: Blob): Promise<Inspection> {
  if (file.size === 0) return unfit('file-empty');
  if (file.size > MAX_FILE_BYTES) return unfit('file-too-large');
  // A CD's index names nothing that could be stored, whatever case the copying program gave its name.
  if (/^dicomdir$/i.test(name)) return unfit('index');
  try {
    return await inspectContent(file);
  } catch (thrown) {
    return unfit(thrown instanceof Failure ? reasonOf(thrown) : 'unreadable');
  }
}

const unfit = (reason: Unfit): Inspection => ({ kind: 'unfit', reason });

async function inspectContent(file: Blob): Promise<Inspection> {
  switch (magicOf(new Uint8Array(await file.slice(0, MAGIC_BYTES).arrayBuffer()))) {
    case 'archive':
      return unfit('archive');
    case 'tiff':
      return { kind: 'slide-file', sha256: await sha256OfLarge(file) };
    case 'other-picture':
      return unfit('photograph-format-unsupported');
    case 'office':
      return unfit('office-format-unsupported');
    case 'pdf':
      return inspectPdf(file);
    case 'jpeg':
      return inspectPhotograph('jpeg', file);
    case 'png':
      return inspectPhotograph('png', file);
    default:
      if (foreignEcgFormatOf(new Uint8Array(await file.slice(0, FOREIGN_ECG_HEAD_BYTES).arrayBuffer())) !== undefined)
        return unfit('ecg-format-unsupported');
      return file.size <= WHOLE_BYTES ? inspectWhole(file) : inspectLarge(file);
  }
}

async function inspectPdf(file: Blob): Promise<Inspection> {
  if (file.size > MAX_DOCUMENT_BYTES) return unfit('document-too-large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { pageCount } = await readPdf(bytes, openBrowserPdfReader);
  return { kind: 'document-file', sha256: await sha256Of(bytes), pageCount, stripped: null };
}

/** Place, time and device do not leave this computer. */
async function inspectPhotograph(format: PhotographFormat, file: Blob): Promise<Inspection> {
  if (file.size > MAX_DOCUMENT_BYTES) return unfit('document-too-large');
  const bytes = stripPhotograph(format, new Uint8Array(await file.arrayBuffer()));
  const stripped = new Blob([bytes], { type: `image/${format}` });
  return { kind: 'document-file', sha256: await sha256Of(bytes), pageCount: null, stripped };
}

async function inspectWhole(file: Blob): Promise<Inspection> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const dicom = readDicomFile(bytes);
  const header = headerOf(dicom);
  checkPixelData(dicom);
  const pictureKind = pictureKindOf(header.sopClassUid);
  // What could not be drawn at its true voltage is named here, not after minutes of sending.
  if (pictureKind === 'ecg') readEcg(dicom);
  if (documentTypeOf(header.sopClassUid) === 'pdf')
    await readPdf(encapsulatedDocument(dicom.dataset), openBrowserPdfReader);
  return { kind: 'dicom', header, pictureKind, sha256: await sha256Of(bytes) };
}

async function inspectLarge(file: Blob): Promise<Inspection> {
  const header = await headerOfLarge(file);
  return {
    kind: 'dicom',
    header,
    pictureKind: pictureKindOf(header.sopClassUid),
    sha256: await sha256OfLarge(file),
  };
}

async function headerOfLarge(file: Blob): Promise<DicomHeader> {
  let failure: unknown;
  for (const prefixBytes of PREFIX_BYTES) {
    try {
      return readHeader(new Uint8Array(await file.slice(0, prefixBytes).arrayBuffer()), { partial: true });
    } catch (thrown) {
      // Cut before its UIDs the beginning looks damaged; more of it may show them.
      if (!(thrown instanceof Failure) || thrown.reason !== 'file-damaged') throw thrown;
      failure = thrown;
    }
  }
  throw failure;
}

function reasonOf({ reason }: Failure): Unfit {
  return TOLD_BY_BYTES.find((one) => one === reason) ?? 'file-damaged';
}
