import type { types } from 'mediasoup';
import type { SfuNotice } from './contract/messages.ts';

/** Quieter than this on average is silence (mediasoup counts dBov, 0 the loudest). */
const THRESHOLD_DBOV = -70;
const LEVEL_INTERVAL_MS = 500;
const SPEAKER_INTERVAL_MS = 300;
const MAX_LEVELS = 8;

export interface Speakers {
  /** Who speaks now. */
  current(): string | null;
  /** Listens to a voice until its producer closes. */
  add(producer: types.Producer, peerId: string): Promise<void>;
}

export interface SpeakerNotices {
  onSpeaker: (notice: SfuNotice<'speaker:changed'>) => void;
  onLevels: (notice: SfuNotice<'levels:changed'>) => void;
}

/** Tells who speaks and how loud each voice is. Only the voice observer knows silence, only the speaker observer knows who prevails. */
export async function createSpeakers(router: types.Router, { onSpeaker, onLevels }: SpeakerNotices): Promise<Speakers> {
  const [speaker, levels] = await Promise.all([
    router.createActiveSpeakerObserver({ interval: SPEAKER_INTERVAL_MS }),
    router.createAudioLevelObserver({
      maxEntries: MAX_LEVELS,
      threshold: THRESHOLD_DBOV,
      interval: LEVEL_INTERVAL_MS,
    }),
  ]);
  const peerIds = new Map<string, string>();
  let current: string | null = null;
  const change = (peerId: string | null) => {
    if (peerId === current) return;
    current = peerId;
    onSpeaker({ peerId });
  };

  speaker.on('dominantspeaker', ({ producer }) => change(peerIds.get(producer.id) ?? null));
  levels.on('volumes', (volumes) => {
    const heard = volumes.flatMap(({ producer, volume }) => {
      const peerId = peerIds.get(producer.id);
      return peerId === undefined ? [] : [{ peerId, levelDbov: volume }];
    });
    onLevels({ levels: heard });
    // The one who spoke last speaks again: the speaker observer sees no change in that.
    if (current === null && heard[0]) change(heard[0].peerId);
  });
  levels.on('silence', () => {
    onLevels({ levels: [] });
    change(null);
  });

  return {
    current: () => current,
    async add(producer, peerId) {
      peerIds.set(producer.id, peerId);
      producer.observer.once('close', () => {
        peerIds.delete(producer.id);
        if (current === peerId) change(null);
      });
      const { id: producerId } = producer;
      try {
        await Promise.all([speaker.addProducer({ producerId }), levels.addProducer({ producerId })]);
      } catch (error) {
        if (!producer.closed) throw error;
      }
    },
  };
}
