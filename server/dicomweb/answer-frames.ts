import type { Request, Response } from 'express';
import type { Instance } from '../archive/study.ts';
import { Failure } from '../contract/index.ts';
import { frameTransferSyntaxUid } from '../formats/dicom/frames.ts';
import { isNamelessBulk } from '../formats/dicom/nameless-json.ts';
import { transferSyntaxOf } from '../formats/dicom/transfer-syntax.ts';
import { etagOf, isKnown, setImmutable } from '../http/immutable.ts';
import { imagingTasks } from '../pictures/imaging/tasks.ts';
import type { Asker } from '../pictures/thread/pool.ts';
import { chooseBulkForm, chooseFrameForm, type FrameForm } from './accept.ts';
import { instanceAddress } from './addresses.ts';
import { Refusal } from './answer.ts';
import { readResource } from './answer-instances.ts';
import { composeMultipart, type OutgoingPart } from './multipart-writer.ts';
import type { DicomWebParts } from './request.ts';

const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
/** Of one list; all frames together are bulk data. */
const MAX_FRAMES = 1_000;
const PIXEL_DATA = new Set(['7FE00008', '7FE00009', '7FE00010']);

/** WADO-RS frames, PS3.18 section 10.4.1.1.4. */
export async function answerFrames(
  parts: DicomWebParts,
  request: Request,
  response: Response,
  requestId: string,
): Promise<void> {
  const read = await readResource(parts, request, response, requestId);
  const { accept, addresses, params, asker } = read;
  const instance = getOnly(read.seen.instances);
  // The list is one of distinct numbers, PS3.18 section 8.2: what is named twice comes once.
  const frames = [...new Set((params.frames ?? '').split(',').map(Number))];
  checkFrames(instance, frames);
  await sendFrames(parts, request, response, instance, frames, {
    accept,
    asker,
    address: `${instanceAddress(addresses, instance)}/frames`,
  });
}

/** The value of an element that metadata names by a BulkDataURI, PS3.18 section 10.4.1.1.5; pixel data as its frames. */
export async function answerBulkData(
  parts: DicomWebParts,
  request: Request,
  response: Response,
  requestId: string,
): Promise<void> {
  const read = await readResource(parts, request, response, requestId);
  const { accept, addresses, params, asker, demonstrationId } = read;
  const instance = getOnly(read.seen.instances);
  const element = params.element ?? '';
  if (demonstrationId !== null && !isNamelessBulk(element)) throw new Failure('not-found', 'no such bulk data');
  const address = instanceAddress(addresses, instance);
  if (PIXEL_DATA.has(element)) {
    const frames = Array.from({ length: instance.numberOfFrames }, (_, index) => index + 1);
    return sendFrames(parts, request, response, instance, frames, { accept, asker, address: `${address}/frames` });
  }
  const form = chooseBulkForm(accept);
  if (form === undefined) throw new Refusal(406, 'bulk data comes as application/octet-stream');
  const etag = etagOf(instance.sha256, 'bulk', element, String(form.isMultipart));
  if (isKnown(request, response, etag)) return;
  const local = await localFile(parts, instance);
  const value = await parts.imaging.run(imagingTasks, 'bulk', { ...local, element }, asker);
  const contentType = 'application/octet-stream';
  setImmutable(response, etag);
  if (!form.isMultipart) {
    response.set('content-type', contentType).end(value);
    return;
  }
  const location = `${address}/bulkdata/${element}`;
  const part = { contentType, location, sizeBytes: value.length, open: () => [value] };
  await sendParts(request, response, contentType, [part]);
}

export async function localFile({ studies }: DicomWebParts, instance: Instance) {
  return { path: await studies.files.localPath(instance.sha256), sizeBytes: instance.sizeBytes };
}

export function getOnly(instances: Instance[]): Instance {
  const [instance] = instances;
  if (!instance || instances.length > 1) throw new Failure('not-found', 'no such instance');
  return instance;
}

/** @throws Failure not-found for a frame that the instance does not have, invalid-message for frame 0 and for more than a thousand. */
export function checkFrames(instance: Instance, frames: number[]): void {
  if (frames.includes(0)) throw new Failure('invalid-message', 'frames are counted from 1', { fields: ['frames'] });
  if (frames.length > MAX_FRAMES)
    throw new Failure('invalid-message', `at most ${MAX_FRAMES} frames at a time`, { fields: ['frames'] });
  if (frames.some((frame) => frame > instance.numberOfFrames)) throw new Failure('not-found', 'no such frame');
}

async function sendFrames(
  parts: DicomWebParts,
  request: Request,
  response: Response,
  instance: Instance,
  frames: number[],
  { accept, asker, address }: { accept: Parameters<typeof chooseFrameForm>[0]; asker: Asker; address: string },
): Promise<void> {
  const storedUid = frameTransferSyntaxUid(transferSyntaxOf(instance.transferSyntaxUid));
  const form = chooseFrameForm(accept, storedUid, frames.length);
  if (form === undefined) throw new Refusal(406, 'frames cannot be given in what is asked for');
  const etag = etagOf(instance.sha256, 'frames', frames.join(), JSON.stringify(form));
  if (isKnown(request, response, etag)) return;
  const local = await localFile(parts, instance);
  const readFrame = async (frame: number): Promise<Uint8Array> => {
    const [bytes] = await parts.imaging.run(
      imagingTasks,
      'frames',
      { ...local, frames: [frame], asStored: form.asStored },
      asker,
    );
    if (bytes === undefined) throw new Failure('not-found', 'no such frame');
    return bytes;
  };
  const contentType = contentTypeOf(form, storedUid);
  // The first is read before anything is sent: a file that cannot be decoded gets a status that says so.
  const first = await readFrame(frames[0] ?? 1);
  setImmutable(response, etag);
  if (!form.isMultipart) {
    response.set('content-type', contentType).end(first);
    return;
  }
  const [, ...rest] = frames;
  await sendParts(request, response, form.mediaType, [
    { contentType, location: `${address}/${frames[0]}`, sizeBytes: first.length, open: () => [first] },
    ...rest.map((frame) => ({
      contentType,
      location: `${address}/${frame}`,
      sizeBytes: undefined,
      open: async () => [await readFrame(frame)],
    })),
  ]);
}

function contentTypeOf({ mediaType, asStored }: FrameForm, storedUid: string): string {
  return `${mediaType}; transfer-syntax=${asStored ? storedUid : EXPLICIT_VR_LITTLE_ENDIAN}`;
}

async function sendParts(request: Request, response: Response, type: string, parts: OutgoingPart[]): Promise<void> {
  const multipart = composeMultipart(type, parts);
  response.set('content-type', multipart.contentType);
  if (multipart.sizeBytes !== undefined) response.set('content-length', String(multipart.sizeBytes));
  if (request.method !== 'HEAD') await multipart.write(response);
  response.end();
}
