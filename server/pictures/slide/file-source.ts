import { open } from 'node:fs/promises';
import type { ByteSource } from '../../formats/slide/byte-source.ts';

export interface FileSource extends ByteSource {
  close(): Promise<void>;
}

/** A file on this machine's disk; it stays open until it is closed. */
export async function openFileSource(path: string): Promise<FileSource> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  return {
    sizeBytes: size,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    close: () => handle.close(),
  };
}
