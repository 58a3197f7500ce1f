import type { Express, Request } from 'express';
import { z } from 'zod';
import { SEGMENT_NAME } from '../../sfu/recorder/files.ts';
import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { Failure, Id } from '../contract/index.ts';
import { answer } from '../http/bind.ts';
import { parseInput } from '../runtime/parse.ts';
import type { RecordingParts } from './parts.ts';
import { hiddenParts, isHidden } from './replay.ts';
import { getSeenReplay } from './seen-replay.ts';

const PATH = '/api/demonstrations/:demonstrationId/replay/:recordingId/:trackId/:takeId/:name';
const Params = z.object({
  demonstrationId: Id,
  recordingId: Id,
  trackId: Id,
  takeId: z.string().regex(/^\d{1,20}$/),
  name: z.string().regex(SEGMENT_NAME),
});
type Params = z.infer<typeof Params>;

/** `GET` of one segment of a replay, whole or by ranges. Each is asked for by the person's right of that moment. */
export function bindSegments(
  app: Express,
  parts: RecordingParts & { authenticate(request: Request): Promise<Caller> },
): void {
  app.get(PATH, (request, response) =>
    answer(parts.log, 'replay:segment', response, async (requestId) => {
      const caller = await parts.authenticate(request);
      const params = parseInput(Params, request.params);
      await requireSegment(parts, { caller, requestId, at: parts.clock() }, params);
      const { recordingId, trackId, takeId, name } = params;
      // A shared PC keeps nothing of it, and a right that has ended ends this too.
      const headers = {
        'cache-control': 'no-store',
        'content-type': name.endsWith('mp4') ? 'video/mp4' : 'video/webm',
      };
      await new Promise<void>((resolve, reject) =>
        response.sendFile(
          `${recordingId}/${trackId}/${takeId}/${name}`,
          { root: parts.files.folder, cacheControl: false, headers, dotfiles: 'deny' },
          (error) => (error && !response.headersSent ? reject(error) : resolve()),
        ),
      );
    }),
  );
}

/** @throws Failure not-found for what is no whole segment of this demonstration, is sealed, or is cut out of what is published or masked there */
async function requireSegment(
  parts: RecordingParts,
  asked: Asked,
  { demonstrationId, recordingId, trackId, takeId, name }: Params,
): Promise<void> {
  const { read } = parts.work;
  const { demonstration } = await getSeenReplay(parts, asked, demonstrationId);
  const recordings = await read.recordings.listOf(demonstrationId);
  const isItsOwn = recordings.some((one) => one.recordingId === recordingId && one.sealedAt === null);
  const track = isItsOwn ? await parts.files.findTrack(recordingId, trackId) : undefined;
  const take = track && (await parts.files.findTake(recordingId, trackId, takeId));
  const segment = take?.segments.find(([index]) => index === Number(name.slice(0, 5)));
  if (!track || !take || !segment) throw new Failure('not-found', 'no such segment');
  if (demonstration.state !== 'published') return;
  const replay = await read.recordings.findReplay(demonstrationId);
  if (replay && isHidden(take.startedAtMs, segment, hiddenParts(track.kind, replay)))
    throw new Failure('not-found', 'it was cut out, or masked');
}
