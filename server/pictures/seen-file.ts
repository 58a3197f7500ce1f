import type { FileStore } from '../archive/file-store.ts';

/** A stored file that the caller may read. */
export interface SeenFile {
  sha256: string;
  sizeBytes: number;
}

/** Where files lie on this machine's disk. */
export function localFiles(store: FileStore, files: SeenFile[]): Promise<{ path: string; sizeBytes: number }[]> {
  return Promise.all(files.map(async ({ sha256, sizeBytes }) => ({ path: await store.localPath(sha256), sizeBytes })));
}
