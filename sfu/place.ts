import type { types } from 'mediasoup';
import { MEDIA_CODECS } from './media.ts';
import type { MediaWorker } from './workers.ts';

/** A router on a worker: what a room's transports are made at. */
export interface Place {
  router: types.Router;
  mediaWorker: MediaWorker;
}

export async function openPlace(mediaWorker: MediaWorker): Promise<Place> {
  return { mediaWorker, router: await mediaWorker.worker.createRouter({ mediaCodecs: MEDIA_CODECS }) };
}
