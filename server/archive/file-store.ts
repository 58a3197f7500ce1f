import type { Readable } from 'node:stream';

/** Bytes of a file: from `start`, `length` of them. */
export interface ByteRange {
  start: number;
  length: number;
}

/** Bytes on this machine's disk, hashed and safe against a power cut, that do not belong to the store yet. */
export interface ReceivedFile {
  path: string;
  /** Lower-case hexadecimal. */
  sha256: string;
  sizeBytes: number;
}

/**
 * Files under the SHA-256 of their bytes: the same bytes are stored once and never altered.
 * A folder today; an object store fits behind the same calls, since receiving is always local.
 */
export interface FileStore {
  /**
   * Streams bytes to the disk beside the store.
   * @throws Failure too-large/file-too-large past `maxBytes`, unavailable/storage-full; nothing is left behind then.
   */
  receive(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<ReceivedFile>;
  /**
   * Takes the received bytes over for good: they are safe under their hash when this returns. The place where they were received stays
   * until it is discarded, so that a crash before the database knows of the file loses nothing that was received.
   */
  keep(file: ReceivedFile): Promise<void>;
  /** Removes the bytes where they were received. */
  discard(file: ReceivedFile): Promise<void>;
  has(sha256: string): Promise<boolean>;
  /** @throws Error where no such file is stored: a row that names it is then wrong. */
  open(sha256: string, range?: ByteRange): Promise<Readable>;
  /**
   * Removes a file that nothing names any more. One that was kept within the hour stays: its row may still be on its way.
   * @returns `young` where it stays for that reason alone.
   */
  forget(sha256: string, isNamed: () => Promise<boolean>): Promise<'forgotten' | 'named' | 'young'>;
  /** Where the file lies on this machine's disk, for what must jump about in it. */
  localPath(sha256: string): Promise<string>;
}
