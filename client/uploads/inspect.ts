import { createSHA256 } from 'hash-wasm';
import { Failure } from '../../server/contract/failure.ts';
import { MAX_FILE_BYTES } from '../../server/contract/study.ts';
import { type DicomHeader, readHeader } from '../../server/imaging/header.ts';
import { sha256Of } from './sha256.ts';

/**
 * Why a file is not sent. The first five are the contract's reasons, found before anything is sent:
 * - `index`: a DICOMDIR, a list of the files beside it.
 * - `archive`: packed; its contents would have to be unpacked first.
 * - `unreadable`: gone, locked or unplugged while it was read.
 */
export type Unfit =
  | 'not-dicom'
  | 'file-empty'
  | 'file-truncated'
  | 'file-damaged'
  | 'file-too-large'
  | 'index'
  | 'archive'
  | 'unreadable';

export type Inspection = { kind: 'dicom'; sha256: string; header: DicomHeader } | { kind: 'unfit'; reason: Unfit };

/** Files up to here are read at once and checked to be whole; of larger ones the hash is taken piece by piece. */
const WHOLE_BYTES = 64 * 1024 ** 2;
const PIECE_BYTES = 8 * 1024 ** 2;
/** A header ends within the first of these that holds it; private tables before the UIDs can be large. */
const PREFIX_BYTES = [1024 ** 2, 16 * 1024 ** 2, WHOLE_BYTES];

/** Reads one file: what it is and the SHA-256 of its bytes. Never throws: a file that cannot be read is a finding. */
export async function inspectFile(name: string, file: Blob): Promise<Inspection> {
  if (file.size === 0) return unfit('file-empty');
  if (file.size > MAX_FILE_BYTES) return unfit('file-too-large');
  // A CD's index names nothing that could be stored, whatever case the copying program gave its name.
  if (/^dicomdir$/i.test(name)) return unfit('index');
  try {
    return file.size <= WHOLE_BYTES ? await inspectWhole(file) : await inspectLarge(file);
  } catch (thrown) {
    if (!(thrown instanceof Failure)) return unfit('unreadable');
    const reason = reasonOf(thrown);
    return unfit(reason === 'not-dicom' && (await isArchive(file)) ? 'archive' : reason);
  }
}

const unfit = (reason: Unfit): Inspection => ({ kind: 'unfit', reason });

async function inspectWhole(file: Blob): Promise<Inspection> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const header = readHeader(bytes);
  return { kind: 'dicom', header, sha256: await sha256Of(bytes) };
}

async function inspectLarge(file: Blob): Promise<Inspection> {
  const header = await headerOfLarge(file);
  const hasher = await createSHA256();
  hasher.init();
  for (let offset = 0; offset < file.size; offset += PIECE_BYTES) {
    hasher.update(new Uint8Array(await file.slice(offset, offset + PIECE_BYTES).arrayBuffer()));
  }
  return { kind: 'dicom', header, sha256: hasher.digest('hex') };
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

function reasonOf(failure: Failure): Unfit {
  switch (failure.reason) {
    case 'file-empty':
    case 'file-truncated':
    case 'file-too-large':
    case 'not-dicom':
      return failure.reason;
    default:
      return 'file-damaged';
  }
}

/** ZIP, RAR, 7-Zip and gzip by their first bytes. */
const ARCHIVES = ['504b0304', '52617221', '377abcaf', '1f8b08'];

async function isArchive(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const hex = Array.from(head, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return ARCHIVES.some((magic) => hex.startsWith(magic));
}
