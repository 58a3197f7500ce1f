import { type FileHandle, open } from 'node:fs/promises';
import { readFully } from '../../archive/durable.ts';
import { Failure } from '../../contract/failure.ts';
import type { DicomElement, Fragment } from '../../formats/dicom/dataset.ts';
import { type DicomFile, readDicomFile } from '../../formats/dicom/dicom-file.ts';
import { findPixelElement } from '../../formats/dicom/pixel-data.ts';
import type { LocalFile } from './tasks.ts';

/** Files up to here are read at once; of larger ones only what comes before the pixels. */
const WHOLE_BYTES = 16 * 1024 ** 2;
const PREFIX_BYTES = [1024 ** 2, 4 * 1024 ** 2, WHOLE_BYTES];
const UNDEFINED_LENGTH = 0xffffffff;
const ITEM_TAG = 0xe000fffe;
const SEQUENCE_END_TAG = 0xe0ddfffe;

export interface OpenedFile {
  /** Of a large file `dataset.bytes` ends somewhere behind the header; offsets of pixel data are those in the file. */
  file: DicomFile;
  isWhole: boolean;
}

/**
 * Reads a file's structure and checks that it is whole, without holding a large file's pixels in memory.
 * @throws Failure as `readDicomFile`.
 */
export async function openFile({ path, sizeBytes }: LocalFile): Promise<OpenedFile> {
  const handle = await open(path, 'r');
  try {
    if (sizeBytes > WHOLE_BYTES) {
      for (const prefixBytes of PREFIX_BYTES) {
        const file = await readBeginning(handle, prefixBytes, sizeBytes);
        if (file !== undefined) return { file, isWhole: false };
      }
    }
    return { file: readDicomFile(await readFully(handle, 0, sizeBytes)), isWhole: true };
  } finally {
    await handle.close();
  }
}

/** Reads the whole of a file whose frames cannot be told apart by its beginning. */
export async function openWhole({ path, sizeBytes }: LocalFile): Promise<OpenedFile> {
  const handle = await open(path, 'r');
  try {
    return { file: readDicomFile(await readFully(handle, 0, sizeBytes)), isWhole: true };
  } finally {
    await handle.close();
  }
}

/** @returns undefined where the beginning is not enough: pixels do not follow in it, or their bytes need work as a whole. */
async function readBeginning(
  handle: FileHandle,
  prefixBytes: number,
  sizeBytes: number,
): Promise<DicomFile | undefined> {
  const file = readDicomFile(await readFully(handle, 0, prefixBytes), { partial: true });
  const element = findPixelElement(file);
  if (element === undefined || file.transferSyntax.deflated || !file.dataset.littleEndian) return undefined;
  if (element.length === UNDEFINED_LENGTH) await readFragments(handle, element, sizeBytes);
  else if (element.offset + element.length > sizeBytes) throw truncated();
  // The offset table may reach behind the beginning that was read.
  const table = element.fragments?.[0];
  const tableEnd = table === undefined ? 0 : table.offset + table.length;
  if (tableEnd > file.dataset.bytes.length) file.dataset.bytes = await readFully(handle, 0, tableEnd);
  return file;
}

/** Walks the items of encapsulated pixel data on the disk, PS3.5 section A.4. */
async function readFragments(handle: FileHandle, element: DicomElement, sizeBytes: number): Promise<void> {
  const fragments: Fragment[] = [];
  let position = element.offset;
  for (;;) {
    if (position + 8 > sizeBytes) throw truncated();
    const head = await readFully(handle, position, 8);
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const tag = view.getUint32(0, true);
    const length = view.getUint32(4, true);
    position += 8;
    if (tag === SEQUENCE_END_TAG) break;
    if (tag !== ITEM_TAG)
      throw new Failure('invalid-message', 'pixel data holds something that is not a fragment', {
        reason: 'file-damaged',
      });
    if (position + length > sizeBytes) throw truncated();
    fragments.push({ offset: position, length });
    position += length;
  }
  element.fragments = fragments;
  element.length = position - element.offset;
}

function truncated(): Failure {
  return new Failure('invalid-message', 'pixel data runs past the end of the file', { reason: 'file-truncated' });
}
