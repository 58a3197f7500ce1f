import type { Clock } from '../review/clock.ts';
import { createQualityJudge, type LinkQuality, rateScore, worst } from './link-quality.ts';
import type { LocalMedia } from './local-media.ts';
import type { MediaSession } from './media-session.ts';
import type { PeerBook } from './peer-book.ts';
import { OUTSIDE, type RemotePerson, type RoomState } from './room-state.ts';
import type { SfuMessage } from './signalling.ts';

/** Softer than this is breath and rooms, not speech. */
const SPEECH_DBOV = -55;
const RATE_EVERY_MS = 2_000;

export interface RoomViewParts {
  book: PeerBook;
  media: LocalMedia;
  session(): MediaSession | undefined;
  clock: Clock;
}

/** Puts together what the page shows, as one immutable state; however much changes within a turn of the event loop, it is told once. */
export interface RoomView {
  readonly state: RoomState;
  onState(listener: () => void): () => void;
  set(change: Partial<Pick<RoomState, 'phase' | 'failure' | 'reachable' | 'rttMs' | 'present'>>): void;
  /** Something that the state is made from has changed. */
  changed(): void;
  hear(message: SfuMessage): void;
  hearSpeaker(ownPeerId: string, speakerPeerId: string | null): void;
  close(): void;
}

export function createRoomView({ book, media, session, clock }: RoomViewParts): RoomView {
  const listeners = new Set<() => void>();
  const judges = new Map<string, ReturnType<typeof createQualityJudge>>();
  let state = OUTSIDE;
  let base: Parameters<RoomView['set']>[0] & Pick<RoomState, 'phase'> = { phase: state.phase };
  let ownPeerId: string | undefined;
  let loud = new Set<string>();
  let speaker: string | null = null;
  let mutedByModerator = false;
  let scheduled = false;
  let relayFault: RoomState['relayFault'] = null;

  function changed(): void {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      state = build();
      for (const listener of listeners) listener();
    });
  }

  /** The one who prevails, however softly, and whoever else is clearly heard. */
  const isHeard = (peerId: string) => peerId === speaker || loud.has(peerId);

  function build(): RoomState {
    const current = session();
    const flow = current?.flow ?? (base.phase === 'returning' ? 'interrupted' : 'idle');
    // Each attempt at a way in asks the relay anew: what the last one met with stands until media flows.
    relayFault = current?.relayFault ?? (flow === 'flowing' ? null : relayFault);
    return {
      ...OUTSIDE,
      ...base,
      people: book.peers.map((peer): RemotePerson => {
        const voice = current?.subscriptions.of(peer.peerId, 'audio')?.remote ?? null;
        const picture = current?.subscriptions.of(peer.peerId, 'video')?.remote ?? null;
        const { key, peerId, accountId, displayName, facilityName, role } = peer;
        return {
          ...{ key, peerId, accountId, displayName, facilityName, role, voice, picture },
          returning: peer.away || peer.awaited,
          quality: judges.get(peer.peerId)?.quality ?? null,
          speaking: isHeard(peer.peerId) && voice !== null && !voice.paused,
        };
      }),
      media: flow,
      relayFault,
      self: {
        speaking: ownPeerId !== undefined && isHeard(ownPeerId) && media.state.microphone.on,
        quality: current?.line.quality ?? 'good',
        pictureStopped: current?.line.pictureStopped ?? false,
        microphoneHeld: media.state.microphone.on && media.state.microphone.held,
        cameraHeld: media.state.camera.on && media.state.camera.held,
        mutedByModerator,
      },
    };
  }

  /** What the sfu says of each person's line, steadied. */
  function rate(): void {
    const present = new Set(book.peers.map(({ peerId }) => peerId));
    for (const peerId of judges.keys()) if (!present.has(peerId)) judges.delete(peerId);
    let differs = false;
    for (const { peerId } of book.peers) {
      const scores = (['audio', 'video'] as const)
        .map((kind) => session()?.subscriptions.of(peerId, kind)?.senderScore)
        .filter((score) => typeof score === 'number');
      if (scores.length === 0) {
        differs = judges.delete(peerId) || differs;
        continue;
      }
      const known = judges.get(peerId);
      const judge = known ?? createQualityJudge();
      const before: LinkQuality | undefined = known?.quality;
      judges.set(peerId, judge);
      differs = judge.observe(worst(scores.map(rateScore))) !== before || differs;
    }
    if (differs) changed();
  }

  const unsubscribe = media.onState(() => {
    if (media.state.microphone.on) mutedByModerator = false;
    changed();
  });
  let cancel = clock.after(RATE_EVERY_MS, tick);
  function tick(): void {
    rate();
    cancel = clock.after(RATE_EVERY_MS, tick);
  }

  return {
    get state() {
      return state;
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(change) {
      base = { ...base, ...change };
      changed();
    },
    changed,
    hear({ name, notice }) {
      switch (name) {
        case 'peer:joined':
          book.joined(notice);
          break;
        case 'peer:left':
          book.left(notice.peerId);
          break;
        case 'peer:away':
          book.setAway(notice.peerId, true);
          break;
        case 'peer:returned':
          book.setAway(notice.peerId, false);
          break;
        case 'levels:changed':
          loud = new Set(notice.levels.filter(({ levelDbov }) => levelDbov > SPEECH_DBOV).map(({ peerId }) => peerId));
          break;
        case 'speaker:changed':
          speaker = notice.peerId;
          break;
        case 'producer:paused':
          if (notice.by !== 'moderator' || !session()?.publisher.isOwn(notice.producerId)) return;
          media.setMicrophoneOn(false);
          mutedByModerator = true;
          break;
        default:
          return;
      }
      changed();
    },
    hearSpeaker(peerId, speakerPeerId) {
      ownPeerId = peerId;
      speaker = speakerPeerId;
      loud = new Set();
    },
    close() {
      cancel();
      unsubscribe();
      listeners.clear();
    },
  };
}
