import type { MaskAnswer, MaskRequest } from './mask.worker.ts';
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
export function maskInWorker({ raw, zones, onFrames, onFault }: MaskingParts): Masking {
  const worker = new Worker(new URL('./mask.worker.ts', import.meta.url), { type: 'module' });
  const { readable } = new MediaStreamTrackProcessor({ track: raw, maxBufferSize: 2 });
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const waiting: ((picture: Blob | null) => void)[] = [];
  let isOver = false;
  const ask = (request: MaskRequest, transfer: Transferable[] = []) => worker.postMessage(request, transfer);
  const fail = () => {
    if (isOver) return;
    isOver = true;
    for (const tell of waiting.splice(0)) tell(null);
    onFault();
  };
  worker.addEventListener('error', fail);
  worker.addEventListener('messageerror', fail);
  worker.addEventListener('message', ({ data }: MessageEvent<MaskAnswer>) => {
    if (isOver) return;
    if (data.kind === 'masked') onFrames(data.count);
    else if (data.kind === 'still') waiting.shift()?.(data.picture);
    else fail();
  });
  ask({ kind: 'begin', raw: readable, masked: track.writable, zones: [...zones] }, [readable, track.writable]);
  return {
    track,
    setZones: (next) => ask({ kind: 'zones', zones: [...next] }),
    takeStill() {
      if (isOver) return Promise.resolve(null);
      ask({ kind: 'still' });
      return new Promise((resolve) => waiting.push(resolve));
    },
    close() {
      isOver = true;
      for (const tell of waiting.splice(0)) tell(null);
      worker.terminate();
      track.stop();
    },
  };
}
