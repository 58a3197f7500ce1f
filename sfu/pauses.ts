import { askWorker } from './ask-worker.ts';
import { heaviest, isHeldByOwner, OWN_REASONS } from './pause-reasons.ts';
import type { Peer, PeerProducer } from './peer.ts';
import type { Room } from './room.ts';

/** Keeps a track from flowing, and tells everyone but the one who did it, who knows. @throws Failure not-found */
export async function pauseProducer(
  room: Room,
  producer: PeerProducer,
  by: 'owner' | 'no-picture' | 'moderator',
  doer?: Peer,
): Promise<void> {
  const { pausedBy } = producer.appData;
  // Of owner and moderator the first counts: the owner lifts either.
  if (by === 'moderator' ? isHeldByOwner(pausedBy) : pausedBy.has('moderator')) return;
  const hold = () => {
    for (const one of OWN_REASONS) pausedBy.delete(one);
    pausedBy.add(by);
  };
  await change(room, producer, hold, doer);
  await room.review();
}

/** Takes one's own pause, or a moderator's, away: where nothing else keeps it the track flows. @throws Failure not-found */
export async function resumeProducer(room: Room, producer: PeerProducer, doer: Peer): Promise<void> {
  const { pausedBy } = producer.appData;
  const lift = () => {
    for (const one of OWN_REASONS) pausedBy.delete(one);
  };
  await change(room, producer, lift, doer);
  await room.review();
}

/** Keeps a track from flowing for a reason of the room's, or no longer. @throws Failure not-found */
export async function holdProducer(
  room: Room,
  producer: PeerProducer,
  by: 'cut' | 'last-n',
  held: boolean,
): Promise<void> {
  const { pausedBy } = producer.appData;
  await change(room, producer, () => (held ? pausedBy.add(by) : pausedBy.delete(by)));
}

/** The worker is asked in this turn of the event loop, so that of two changes the later one holds. */
async function change(room: Room, producer: PeerProducer, apply: () => unknown, doer?: Peer): Promise<void> {
  const { id: producerId, appData } = producer;
  const reason = () => heaviest(appData.pausedBy);
  const before = reason();
  apply();
  const by = reason();
  if (by === before) return;
  if (!before) await askWorker(() => producer.pause(), { needs: [producer] });
  else if (!by) await askWorker(() => producer.resume(), { needs: [producer] });
  if (by) room.tell('producer:paused', { producerId, by }, doer);
  else room.tell('producer:resumed', { producerId }, doer);
}
