import { open, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { readFully } from '../../archive/durable.ts';
import { documentTypeOf } from '../../contract/document-types.ts';
import { Failure } from '../../contract/failure.ts';
import { MAX_DOCUMENT_BYTES, MAX_PHOTOGRAPH_PIXELS } from '../../contract/limits.ts';
import { asciiValue } from '../../formats/dicom/dataset.ts';
import type { DicomFile } from '../../formats/dicom/dicom-file.ts';
import { encapsulatedDocument } from '../../formats/document/encapsulated.ts';
import { readPdf } from '../../formats/document/pdf.ts';
import { type PhotographFormat, requireStripped } from '../../formats/document/photograph.ts';
import { DOCUMENT_MAGIC_BYTES, recogniseDocument } from '../../formats/document/recognise.ts';
import { damaged, officeUnsupported, photographUnsupported, tooLarge } from '../../formats/document/refusal.ts';
import type { FileFinding, PictureReader } from '../reader.ts';
import type { LocalFile } from '../thread/tasks.ts';
import { openNodePdfReader } from './node-pdf-reader.ts';
import { documentTasks } from './tasks.ts';

export const documents: PictureReader = {
  async recogniseFile(local) {
    const magic = recogniseDocument(await readHead(local));
    if (magic === undefined) return undefined;
    if (magic === 'other-picture') throw photographUnsupported('neither JPEG nor PNG');
    if (magic === 'office') throw officeUnsupported('a file of a text processor');
    if (local.sizeBytes > MAX_DOCUMENT_BYTES) throw tooLarge('a document of too many bytes');
    const bytes = new Uint8Array(await readFile(local.path));
    if (magic === 'pdf') return readPdf(bytes, openNodePdfReader);
    return inspectPhotograph(magic, bytes);
  },

  async inspectInstance(_, dicom) {
    try {
      return { refusal: null, showsLabel: false, pageCount: await pagesOf(dicom) };
    } catch (err) {
      if (!(err instanceof Failure) || err.reason === undefined) throw err;
      return { refusal: { reason: err.reason, message: err.message }, showsLabel: false };
    }
  },

  tasks: documentTasks,
};

async function readHead({ path, sizeBytes }: LocalFile): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    return await readFully(handle, 0, Math.min(DOCUMENT_MAGIC_BYTES, sizeBytes));
  } finally {
    await handle.close();
  }
}

async function inspectPhotograph(format: PhotographFormat, bytes: Uint8Array): Promise<FileFinding> {
  requireStripped(format, bytes);
  try {
    // Decodes all of it, a few lines at a time.
    await sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PHOTOGRAPH_PIXELS }).stats();
  } catch (err) {
    throw damaged('the photograph cannot be decoded', err);
  }
  return { pageCount: null };
}

/** null: a document without pages of its own. */
async function pagesOf({ dataset }: DicomFile): Promise<number | null> {
  if (documentTypeOf(asciiValue(dataset, '00080016')) !== 'pdf') return null;
  return (await readPdf(encapsulatedDocument(dataset), openNodePdfReader)).pageCount;
}
