import { createHash, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { UPLOAD_CHUNK_BYTES, type UploadView } from '../../server/contract/index.ts';
import { parseMediaType } from '../../server/formats/media-type.ts';
import { partsOf, type WholePart } from '../../server/formats/multipart.ts';
import type { Client } from './client.ts';
import { dataPath, readReferences } from './data.ts';

export const CT_SERIES = 'dicom/series/ct-chest-lidc0314';

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Paths of a folder's files, below the samples' folder, in order of name. */
export async function listData(folder: string): Promise<string[]> {
  return (await readdir(dataPath(folder))).sort().map((name) => `${folder}/${name}`);
}

/** One piece of an upload, as the page sends it. */
export function putChunk(client: Client, uploadId: string, offset: number, bytes: Uint8Array, headers = {}) {
  return client.fetch(`/api/uploads/${uploadId}/bytes?offset=${offset}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream', 'x-chunk-sha256': hashOf(bytes), ...headers },
    body: new Uint8Array(bytes),
  });
}

export function announceFile(client: Client, consultationId: string, bytes: Uint8Array): Promise<UploadView> {
  const body = { name: 'image.dcm', sizeBytes: bytes.length, sha256: hashOf(bytes) };
  return client.call('upload:announce', { params: { consultationId }, body });
}

/** Sends one file into a case, from wherever its upload stands. The answer of the last request. */
export async function uploadFile(
  client: Client,
  consultationId: string,
  bytes: Uint8Array,
): Promise<Response | undefined> {
  const upload = await announceFile(client, consultationId, bytes);
  if (upload.state === 'stored') return undefined;
  let response: Response | undefined;
  for (let offset = upload.receivedBytes; offset < bytes.length; offset += UPLOAD_CHUNK_BYTES) {
    response = await putChunk(client, upload.uploadId, offset, bytes.subarray(offset, offset + UPLOAD_CHUNK_BYTES));
    if (!response.ok) return response;
  }
  return response;
}

/** Stores files with STOW-RS, each under the media type `application/dicom`. */
export function stow(client: Client, files: Uint8Array[], path = '/dicomweb/studies', headers = {}): Promise<Response> {
  const boundary = randomUUID();
  const pieces = files.flatMap((file) => [
    Buffer.from(`\r\n--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
    file,
  ]);
  return client.fetch(path, {
    method: 'POST',
    headers: {
      'content-type': `multipart/related; type="application/dicom"; boundary="${boundary}"`,
      accept: 'application/dicom+json',
      ...headers,
    },
    body: new Uint8Array(Buffer.concat([...pieces, Buffer.from(`\r\n--${boundary}--\r\n`)])),
  });
}

export async function readParts(response: Response): Promise<WholePart[]> {
  const boundary = parseMediaType(response.headers.get('content-type') ?? '')?.parameters.get('boundary');
  if (boundary === undefined) throw new Error(`no multipart: ${response.status} ${await response.text()}`);
  return partsOf(new Uint8Array(await response.arrayBuffer()), boundary);
}

/** What is known of a sample, see `about` in the file itself. */
export interface Reference {
  rows?: number;
  cols?: number;
  bitsAllocated?: number;
  frames?: number;
  transferSyntax?: string;
  pixels?: { sha256: string; bytes: number; lossy: boolean };
  rendered8?: { mean: number };
}

export function readImageReferences(): Record<string, Reference> {
  return readReferences<{ dicom: Record<string, Reference> }>().dicom;
}
