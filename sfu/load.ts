import type { Room } from './room.ts';
import type { MediaWorker } from './workers.ts';

/** Streams that a core carries: mediasoup's own figure for consumers of a worker. */
const STREAMS_A_CORE = 500;
/** Below, what a worker uses is noise. */
const BUSY_SHARE = 0.2;

/** What a worker carries, of what its core does. */
function streamShare(mediaWorker: MediaWorker, open: Iterable<Room>): number {
  let streams = 0;
  for (const room of open) streams += room.streamsOn(mediaWorker);
  return streams / STREAMS_A_CORE;
}

/** How full a worker is, for choosing among them. People count too: they have their streams before long. */
export function loadOf(mediaWorker: MediaWorker, open: Iterable<Room>): number {
  const { cpuShare } = mediaWorker.watch;
  return streamShare(mediaWorker, open) + (cpuShare > BUSY_SHARE ? cpuShare : 0);
}

/** How full all workers together are, about 1 where their cores are. */
export function meanLoad(workers: readonly MediaWorker[], open: Iterable<Room>): number {
  const rooms = [...open];
  const each = workers.map((one) => Math.max(streamShare(one, rooms), one.watch.cpuShare));
  return each.reduce((sum, share) => sum + share, 0) / Math.max(1, each.length);
}
