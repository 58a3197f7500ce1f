import { type FileHandle, open } from 'node:fs/promises';
import { readFully } from '../../archive/durable.ts';
import { Failure } from '../../contract/failure.ts';
import type { Dataset, DicomElement, Fragment } from '../../formats/dicom/dataset.ts';
import { type DicomFile, readDicomFile } from '../../formats/dicom/dicom-file.ts';
import { extendedOffsetTable, fragmentsOfTable } from '../../formats/dicom/extended-offset-table.ts';
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
 * Reads a file's structure without holding a large file's pixels in memory.
 * @param fragments `walk` goes from fragment to fragment and so checks that all are there; `table` believes a large file that was
 * checked before where its fragments are, if it says so: thousands of them are thousands of reads.
 * @throws Failure as `readDicomFile`.
 */
export async function openFile({ path, sizeBytes }: LocalFile, fragments: 'walk' | 'table'): Promise<OpenedFile> {
  const handle = await open(path, 'r');
  try {
    if (sizeBytes > WHOLE_BYTES) {
      for (const prefixBytes of PREFIX_BYTES) {
        const file = await readBeginning(handle, prefixBytes, sizeBytes, fragments);
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
  fragments: 'walk' | 'table',
): Promise<DicomFile | undefined> {
  const file = readDicomFile(await readFully(handle, 0, prefixBytes), { partial: true });
  const element = findPixelElement(file);
  if (element === undefined || file.transferSyntax.deflated || !file.dataset.littleEndian) return undefined;
  if (element.length === UNDEFINED_LENGTH) {
    const told =
      fragments === 'table' ? await toldFragments(handle, file.dataset, element.offset, sizeBytes) : undefined;
    setFragments(element, told ?? (await walkFragments(handle, element.offset, sizeBytes)));
  } else if (element.offset + element.length > sizeBytes) throw truncated();
  // The offset table may reach behind the beginning that was read.
  const table = element.fragments?.[0];
  const tableEnd = table === undefined ? 0 : table.offset + table.length;
  if (tableEnd > file.dataset.bytes.length) file.dataset.bytes = await readFully(handle, 0, tableEnd);
  return file;
}

/** Puts what walking finds in the place of what the file's own table told. */
export async function correctFragments({ path, sizeBytes }: LocalFile, element: DicomElement): Promise<void> {
  const handle = await open(path, 'r');
  try {
    setFragments(element, await walkFragments(handle, element.offset, sizeBytes));
  } finally {
    await handle.close();
  }
}

function setFragments(element: DicomElement, fragments: Fragment[]): void {
  const last = fragments.at(-1);
  element.fragments = fragments;
  element.length = last === undefined ? 8 : last.offset + last.length + 8 - element.offset;
}

/**
 * The fragments as the Extended Offset Table tells them, where its beginning and end are those of the pixel data.
 * The Basic Offset Table is empty then, PS3.3 section C.7.6.3.1.8.
 */
async function toldFragments(
  handle: FileHandle,
  dataset: Dataset,
  offset: number,
  sizeBytes: number,
): Promise<Fragment[] | undefined> {
  const table = extendedOffsetTable(dataset);
  const told = table && fragmentsOfTable(table, offset + 8);
  const [first, last] = [told?.[0], told?.at(-1)];
  if (!told || !first || !last || last.offset + last.length + 8 > sizeBytes) return undefined;
  const basic = await readItemHead(handle, offset);
  if (basic.tag !== ITEM_TAG || basic.length !== 0) return undefined;
  for (const fragment of [first, last]) if (!(await isFragment(handle, fragment))) return undefined;
  const end = await readItemHead(handle, last.offset + last.length);
  return end.tag === SEQUENCE_END_TAG ? [{ offset: offset + 8, length: 0 }, ...told] : undefined;
}

/** Whether an item of this length stands there. */
export async function isFragment(handle: FileHandle, { offset, length }: Fragment): Promise<boolean> {
  const item = await readItemHead(handle, offset - 8);
  return item.tag === ITEM_TAG && item.length === length;
}

/** The items of encapsulated pixel data on the disk, PS3.5 section A.4, up to their end. */
async function walkFragments(handle: FileHandle, offset: number, sizeBytes: number): Promise<Fragment[]> {
  const fragments: Fragment[] = [];
  let position = offset;
  for (;;) {
    if (position + 8 > sizeBytes) throw truncated();
    const { tag, length } = await readItemHead(handle, position);
    position += 8;
    if (tag === SEQUENCE_END_TAG) return fragments;
    if (tag !== ITEM_TAG)
      throw new Failure('invalid-message', 'pixel data holds something that is not a fragment', {
        reason: 'file-damaged',
      });
    if (position + length > sizeBytes) throw truncated();
    fragments.push({ offset: position, length });
    position += length;
  }
}

async function readItemHead(handle: FileHandle, position: number): Promise<{ tag: number; length: number }> {
  const head = await readFully(handle, position, 8);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return { tag: view.getUint32(0, true), length: view.getUint32(4, true) };
}

function truncated(): Failure {
  return new Failure('invalid-message', 'pixel data runs past the end of the file', { reason: 'file-truncated' });
}
