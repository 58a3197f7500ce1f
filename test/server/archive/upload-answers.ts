import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { hashOf } from '../../support/images.ts';

export interface FailureBody {
  code: string;
  reason?: string;
}

/** Status and reason of what was refused. */
export async function failureOf(response: Response | undefined): Promise<[number, string | undefined]> {
  assert.ok(response);
  return [response.status, ((await response.json()) as FailureBody).reason];
}

export async function countFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

/** What a page says of a file before it sends it. */
export function inputOf(bytes: Uint8Array) {
  return { name: 'image.dcm', sizeBytes: bytes.length, sha256: hashOf(bytes) };
}
