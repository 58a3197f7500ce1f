import type { MaskAnswer, MaskRequest, TakenPicture } from './mask.worker.ts';
import type { Masking, MaskingParts } from './masking.ts';

/** MediaStreamTrack Insertable Media Processing using Streams, as Chromium has had it since version 94: on the page. */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack; maxBufferSize?: number });
  readonly readable: ReadableStream<VideoFrame>;
}
declare class MediaStreamTrackGenerator extends MediaStreamTrack {
  constructor(init: { kind: 'video' });
  readonly writable: WritableStream<VideoFrame>;
}

/** Masks in a worker, which no other window and no busy page holds up. */
export function maskInWorker({ raw, plan, revision, onFrames, onFault }: MaskingParts): Masking {
  const worker = new Worker(new URL('./mask.worker.ts', import.meta.url), { type: 'module' });
  const { readable } = new MediaStreamTrackProcessor({ track: raw, maxBufferSize: 2 });
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const waiting: Record<TakenPicture, ((picture: Blob | null) => void)[]> = { still: [], poster: [] };
  let isOver = false;
  const ask = (request: MaskRequest, transfer: Transferable[] = []) => worker.postMessage(request, transfer);
  const tellNone = () => {
    for (const queue of Object.values(waiting)) for (const tell of queue.splice(0)) tell(null);
  };
  const take = (kind: TakenPicture): Promise<Blob | null> => {
    if (isOver) return Promise.resolve(null);
    ask({ kind });
    return new Promise((resolve) => waiting[kind].push(resolve));
  };
  const fail = () => {
    if (isOver) return;
    isOver = true;
    tellNone();
    onFault();
  };
  worker.addEventListener('error', fail);
  worker.addEventListener('messageerror', fail);
  worker.addEventListener('message', ({ data }: MessageEvent<MaskAnswer>) => {
    if (isOver) return;
    if (data.kind === 'masked') onFrames(data);
    else if (data.kind === 'fault') fail();
    else waiting[data.kind].shift()?.(data.picture);
  });
  ask({ kind: 'begin', raw: readable, masked: track.writable, plan, revision }, [readable, track.writable]);
  return {
    track,
    setPlan: (next, by) => ask({ kind: 'plan', plan: next, revision: by }),
    takeStill: () => take('still'),
    takePoster: () => take('poster'),
    close() {
      isOver = true;
      tellNone();
      worker.terminate();
      track.stop();
    },
  };
}
