import type { Request, Response } from 'express';
import { Failure } from '../contract/index.ts';
import { etagOf, isKnown, setImmutable } from '../http/immutable.ts';
import { imagingTasks } from '../pictures/imaging/tasks.ts';
import { chooseRendered } from './accept.ts';
import { Refusal } from './answer.ts';
import { checkFrames, getOnly, localFile } from './answer-frames.ts';
import { readResource } from './answer-instances.ts';
import { parseRendering } from './rendered-request.ts';
import type { DicomWebParts } from './request.ts';

/** Raised when a picture would be drawn otherwise than before, so that nobody keeps the old one. */
const RENDERING_VERSION = '2';

/**
 * A picture of an instance or of one of its frames, PS3.18 section 10.4.1.1.3. Of a multi-frame instance without a frame
 * number the frame that represents it (0028,6010), else the first.
 */
export async function answerRendered(
  parts: DicomWebParts,
  request: Request,
  response: Response,
  requestId: string,
): Promise<void> {
  const { accept, params, query, seen, asker } = await readResource(parts, request, response, requestId);
  const instance = getOnly(seen.instances);
  const { rows, columns } = instance;
  if (rows === null || columns === null) throw new Refusal(406, 'the instance is no image');
  const mediaType = chooseRendered(accept);
  if (mediaType === undefined) throw new Refusal(406, 'pictures come as image/jpeg or image/png');
  const frame = params.frames === undefined ? null : Number(params.frames);
  if (Number.isNaN(frame)) throw new Failure('invalid-message', 'one frame at a time is drawn', { fields: ['frames'] });
  if (frame !== null) checkFrames(instance, [frame]);
  const rendering = { ...parseRendering(query, { rows, columns }), mediaType, frame };
  const etag = etagOf(instance.sha256, 'rendered', RENDERING_VERSION, JSON.stringify(rendering));
  if (isKnown(request, response, etag)) return;
  const local = await localFile(parts, instance);
  const picture = await parts.imaging.run(imagingTasks, 'render', { ...local, ...rendering }, asker);
  setImmutable(response, etag);
  response.set('content-type', mediaType).end(picture);
}
