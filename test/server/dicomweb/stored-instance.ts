import assert from 'node:assert/strict';
import { readHeader } from '../../../server/formats/dicom/header.ts';
import type { Client } from '../../support/client.ts';
import { readData } from '../../support/data.ts';
import { stow } from '../../support/images.ts';

/** Where DICOMweb has the instance of a file. */
export function addressOf(file: Uint8Array): string {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = readHeader(file);
  return `/dicomweb/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
}

/** An encapsulated PDF whose document (0042,0011) has a comment of 20 kB behind its end. */
export function withLargeDocument(file: Uint8Array): Uint8Array {
  const bytes = Buffer.from(file);
  const at = bytes.indexOf(Buffer.from([0x42, 0x00, 0x11, 0x00]), 132);
  const length = bytes.readUInt32LE(at + 8);
  const comment = Buffer.from(`\n%${'-'.repeat(20_000)}`);
  bytes.writeUInt32LE(length + comment.length, at + 8);
  return Buffer.concat([bytes.subarray(0, at + 12 + length), comment, bytes.subarray(at + 12 + length)]);
}

/** Asks for what DICOMweb has, in a form that the caller accepts. */
export function getAs(client: Client, path: string, accept?: string, headers: Record<string, string> = {}) {
  return client.fetch(path, { headers: { ...headers, ...(accept === undefined ? {} : { accept }) } });
}

/** Stores a sample, changed or as it is, and says where DICOMweb has it. */
export async function storeSample(
  client: Client,
  path: string,
  change = (file: Uint8Array): Uint8Array => file,
): Promise<string> {
  const file = change(await readData(path));
  assert.equal((await stow(client, [file])).status, 200, path);
  return addressOf(file);
}
