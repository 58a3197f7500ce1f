import type { RoomSnapshot } from '../../sfu/contract/room.ts';
import type { Clock } from '../review/clock.ts';
import type { MediaSession } from './media-session.ts';
import type { BookedPeer, PeerBook } from './peer-book.ts';
import type { RemotePerson, RemoteTrack, RoomState, Viewing, WayState } from './room-state.ts';
import type { ViewSources } from './room-way.ts';
import { type SenderLines, watchSenderLines } from './sender-lines.ts';
import type { SfuMessage } from './signalling.ts';

/** Softer than this is breath and rooms, not speech. */
const SPEECH_DBOV = -55;

/** What a call and a hall are both shown by. */
type ShownState = WayState & Pick<RoomState, 'media' | 'relayFault'> & { people: unknown; self: unknown };

/** Puts together what a page shows of a call or a hall, as one immutable state; however much changes within a turn of the event loop, it is told once. */
export abstract class WayView<S extends ShownState> implements Viewing<S> {
  protected readonly book: PeerBook;
  protected readonly session: () => MediaSession | undefined;
  readonly #outside: S;
  readonly #senderLines: SenderLines;
  readonly #listeners = new Set<() => void>();
  #state: S;
  #way: Partial<WayState> = {};
  #known: Partial<S> = {};
  #ownPeerId: string | undefined;
  #loud: ReadonlySet<string> = new Set();
  #speaker: string | null = null;
  #scheduled = false;

  /** @param outside what is shown before anything is known */
  constructor({ book, session, clock }: ViewSources & { clock: Clock }, outside: S) {
    this.book = book;
    this.session = session;
    this.#outside = outside;
    this.#state = outside;
    this.#senderLines = watchSenderLines({
      book,
      subscriptions: () => session()?.subscriptions,
      clock,
      onChange: () => this.changed(),
    });
  }

  get state(): S {
    return this.#state;
  }

  onState(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  set(change: Partial<WayState>): void {
    this.#way = { ...this.#way, ...change };
    this.changed();
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
        this.book.joined(notice);
        break;
      case 'peer:left':
        this.book.left(notice.peerId);
        break;
      case 'peer:away':
        this.book.setAway(notice.peerId, true);
        break;
      case 'peer:returned':
        this.book.setAway(notice.peerId, false);
        break;
      case 'levels:changed':
        this.#loud = new Set(
          notice.levels.filter(({ levelDbov }) => levelDbov > SPEECH_DBOV).map(({ peerId }) => peerId),
        );
        break;
      case 'speaker:changed':
        this.#speaker = notice.peerId;
        break;
      default:
        return;
    }
    this.changed();
  }

  /** After a join: who this window is in the room now, and who speaks there. */
  stand({ peerId, speakerPeerId, hall }: RoomSnapshot): void {
    this.#ownPeerId = peerId;
    this.#speaker = speakerPeerId ?? hall?.speakerPeerId ?? null;
    this.#loud = new Set();
  }

  close(): void {
    this.#senderLines.close();
    this.#listeners.clear();
  }

  /** Whom to show, and how this window itself stands. */
  protected abstract show(session: MediaSession | undefined): Pick<S, 'people' | 'self'>;

  protected know(change: Partial<S>): void {
    this.#known = { ...this.#known, ...change };
    this.changed();
  }

  /** The sfu says who prevails. */
  protected setSpeaker(peerId: string | null): void {
    this.#speaker = peerId;
  }

  /** A person as both kinds of room show one, but for their tracks. */
  protected personOf(peer: BookedPeer, voice: RemoteTrack | null): Omit<RemotePerson, 'voice' | 'picture'> {
    const { key, peerId, accountId, displayName, facilityName, role } = peer;
    return {
      ...{ key, peerId, accountId, displayName, facilityName, role },
      returning: peer.away || peer.awaited,
      quality: this.#senderLines.qualityOf(peerId),
      speaking: this.#isHeard(peerId) && voice !== null && !voice.paused,
    };
  }

  protected selfOf(
    session: MediaSession | undefined,
  ): Pick<RoomState['self'], 'speaking' | 'quality' | 'pictureStopped'> {
    return {
      speaking: this.#ownPeerId !== undefined && this.#isHeard(this.#ownPeerId),
      quality: session?.line.quality ?? 'good',
      pictureStopped: session?.line.pictureStopped ?? false,
    };
  }

  #build(): S {
    const session = this.session();
    const known = { ...this.#outside, ...this.#known, ...this.#way };
    const media = session?.flow ?? (known.phase === 'returning' ? 'interrupted' : 'idle');
    // Each attempt at a way in asks the relay anew: what the last one met with stands until media flows.
    const relayFault = session?.relayFault ?? (media === 'flowing' ? null : this.#state.relayFault);
    return { ...known, media, relayFault, ...this.show(session) };
  }

  /** The one who prevails, however softly, and whoever else is clearly heard. */
  #isHeard(peerId: string): boolean {
    return peerId === this.#speaker || this.#loud.has(peerId);
  }
}
