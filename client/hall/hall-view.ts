import type { HallTicket } from '../../server/contract/demonstration-live.ts';
import type { RoomSnapshot } from '../../sfu/contract/room.ts';
import type { MediaSession } from '../call/media-session.ts';
import type { BookedPeer, PeerBook } from '../call/peer-book.ts';
import type { Viewing, WayState } from '../call/room-state.ts';
import type { ViewSources } from '../call/room-way.ts';
import { type SenderLines, watchSenderLines } from '../call/sender-lines.ts';
import type { SfuMessage } from '../call/signalling.ts';
import type { Subscription } from '../call/subscription.ts';
import type { Clock } from '../review/clock.ts';
import { type HallPerson, type HallState, type HallTrack, OUTSIDE_HALL } from './hall-state.ts';

/** Softer than this is breath and rooms, not speech. */
const SPEECH_DBOV = -55;

/** Puts together what a page shows of a hall, as one immutable state; however much changes within a turn of the event loop, it is told once. */
export class HallView implements Viewing<HallState> {
  readonly #book: PeerBook;
  readonly #session: () => MediaSession | undefined;
  readonly #senderLines: SenderLines;
  readonly #listeners = new Set<() => void>();
  #state = OUTSIDE_HALL;
  #known: Partial<HallState> = {};
  #ownPeerId: string | undefined;
  #loud: ReadonlySet<string> = new Set();
  #speaker: string | null = null;
  #scheduled = false;

  constructor({ book, session, clock }: ViewSources & { clock: Clock }) {
    this.#book = book;
    this.#session = session;
    this.#senderLines = watchSenderLines({
      book,
      subscriptions: () => session()?.subscriptions,
      clock,
      onChange: () => this.changed(),
    });
  }

  get state(): HallState {
    return this.#state;
  }

  onState(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  set(change: Partial<WayState>): void {
    this.#know(change);
  }

  /** The server has given this window its seat. */
  seat({ seat, mayCut }: HallTicket): void {
    this.#know({ seat, mayCut });
  }

  changed(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#state = this.#build();
      for (const listener of this.#listeners) listener();
    });
  }

  hear({ name, notice }: SfuMessage): void {
    switch (name) {
      case 'peer:joined':
        this.#book.joined(notice);
        break;
      case 'peer:left':
        this.#book.left(notice.peerId);
        break;
      case 'peer:away':
        this.#book.setAway(notice.peerId, true);
        break;
      case 'peer:returned':
        this.#book.setAway(notice.peerId, false);
        break;
      case 'levels:changed':
        this.#loud = new Set(
          notice.levels.filter(({ levelDbov }) => levelDbov > SPEECH_DBOV).map(({ peerId }) => peerId),
        );
        break;
      case 'speaker:changed':
        this.#speaker = notice.peerId;
        break;
      case 'publish:changed':
        this.#know({ mayPublish: notice.mayPublish });
        break;
      case 'hall:state':
        this.#speaker = notice.speakerPeerId;
        this.#know({ audience: notice.audience, cut: notice.cut });
        break;
      default:
        return;
    }
    this.changed();
  }

  stand({ peerId, speakerPeerId, mayPublish, hall }: RoomSnapshot): void {
    this.#ownPeerId = peerId;
    this.#speaker = speakerPeerId ?? hall?.speakerPeerId ?? null;
    this.#loud = new Set();
    this.#know({ mayPublish, ...(hall && { audience: hall.audience, cut: hall.cut }) });
  }

  close(): void {
    this.#senderLines.close();
    this.#listeners.clear();
  }

  #know(change: Partial<HallState>): void {
    this.#known = { ...this.#known, ...change };
    this.changed();
  }

  #build(): HallState {
    const session = this.#session();
    const known = { ...OUTSIDE_HALL, ...this.#known };
    const flow = session?.flow ?? (known.phase === 'returning' ? 'interrupted' : 'idle');
    return {
      ...known,
      people: this.#book.peers.map((peer) => this.#personOf(peer, session)),
      media: flow,
      relayFault: session?.relayFault ?? (flow === 'flowing' ? null : this.#state.relayFault),
      self: {
        speaking: this.#ownPeerId !== undefined && this.#isHeard(this.#ownPeerId),
        quality: session?.line.quality ?? 'good',
        pictureStopped: session?.line.pictureStopped ?? false,
      },
    };
  }

  #personOf(peer: BookedPeer, session: MediaSession | undefined): HallPerson {
    const { key, peerId, accountId, displayName, facilityName, role, seat = 'audience' } = peer;
    const tracks = (session?.subscriptions.ofPeer(peerId) ?? []).map((one) => trackOf(one, accountId));
    const voice = tracks.find(({ source }) => source === 'audio') ?? null;
    return {
      ...{ key, peerId, accountId, displayName, facilityName, role, seat, voice },
      pictures: tracks.filter(({ source }) => source !== 'audio'),
      returning: peer.away || peer.awaited,
      quality: this.#senderLines.qualityOf(peerId),
      speaking: this.#isHeard(peerId) && voice !== null && !voice.paused,
    };
  }

  /** The one who prevails, however softly, and whoever else is clearly heard. */
  #isHeard(peerId: string): boolean {
    return peerId === this.#speaker || this.#loud.has(peerId);
  }
}

function trackOf(subscription: Subscription, accountId: string): HallTrack {
  const { remote, view, pausedBy } = subscription;
  return { ...remote, accountId, source: view.source, label: view.label ?? null, pausedBy };
}
