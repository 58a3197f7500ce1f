import { Failure } from '../../server/contract/failure.ts';
import type { SfuRequestInput, SfuRequestName, SfuRequestReply } from '../../sfu/contract/messages.ts';
import type { RoomSnapshot } from '../../sfu/contract/room.ts';
import type { Clock } from '../review/clock.ts';
import { type MediaSession, type MediaSessionParts, startMediaSession } from './media-session.ts';
import type { PeerBook } from './peer-book.ts';
import type { Viewing } from './room-state.ts';
import type { Sending } from './sending.ts';
import type { SfuMessage, Signalling } from './signalling.ts';

export interface MembershipParts {
  /** Random, of this window. */
  sessionId: string;
  sending: Sending;
  firstDemand?: MediaSessionParts['firstDemand'];
  book: PeerBook;
  view: Viewing;
  fetchIceServers(): Promise<RTCIceServer[]>;
  clock: Clock;
  /** Whether this is still the connection in use; asked after each wait. */
  isCurrent(on: Signalling): boolean;
  /** The media session cannot be mended. */
  onHopeless(): void;
  onFailure(thrown: unknown): void;
}

/** The old picture stays until the new one is there; see MediaSession.close. */
const LINGER_MS = 4_000;

/** This window as one of the room: joins, has one media session after another, and hears what the sfu tells. */
export class Membership {
  readonly #parts: MembershipParts;
  /** Until the first join: another window of this person is to go. */
  takeOver = false;
  #session: MediaSession | undefined;
  /** The connection on which the sfu knows this window as one of the room. */
  #joined: Signalling | undefined;
  /** How many sessions there have been: only the newest may ask for anything. */
  #sessions = 0;
  /** Notices that came while a join was being worked in. */
  #held: SfuMessage[] | undefined;

  constructor(parts: MembershipParts) {
    this.#parts = parts;
  }

  get session(): MediaSession | undefined {
    return this.#session;
  }

  /** @throws Failure from the sfu or the server; mediasoup-client's UnsupportedError */
  async join(on: Signalling, resume: boolean): Promise<void> {
    const { sessionId, book, view, clock, isCurrent } = this.#parts;
    this.#held = [];
    const known = this.#session?.rtpCapabilities;
    const snapshot = await on.request('room:join', {
      sessionId,
      resume: resume && this.#session !== undefined,
      ...(this.takeOver && { takeOver: true }),
      ...(known && { rtpCapabilities: known }),
    });
    this.takeOver = false;
    performance.mark('call:joined');
    if (!isCurrent(on)) return;
    this.#joined = on;
    book.stand(snapshot.peers, snapshot.resumed, clock.nowMs());
    view.stand(snapshot);
    if (snapshot.resumed && this.#session) this.#session.resume(snapshot);
    else {
      const fresh = await this.#begin(snapshot);
      if (!isCurrent(on)) return fresh.close();
      this.#session?.close(LINGER_MS);
      this.#session = fresh;
    }
    this.#hearHeld();
    view.set({ phase: 'inside', reachable: true });
  }

  /** Asks as one of the room. @throws Failure unavailable while it is not in */
  request<N extends SfuRequestName>(name: N, input: SfuRequestInput<N>): Promise<SfuRequestReply<N>> {
    return this.#requestOf(this.#sessions)(name, input);
  }

  /** Joins as somebody new, over the same connection. */
  async rejoin(on: Signalling): Promise<void> {
    this.#joined = undefined;
    // Whether it still knew the former self does not matter.
    await on.request('room:leave', {}).catch(() => {});
    await this.join(on, false);
  }

  /** Something was told in the room; while a join is being worked in, it waits. */
  hear(message: SfuMessage): void {
    if (this.#held) this.#held.push(message);
    else this.#take(message);
  }

  /** The join was refused: what is told from now on is heard at once. */
  letThrough(): void {
    this.#held = undefined;
  }

  /** The connection is gone: forgets what hangs on it. The media may go on. */
  part(): void {
    this.#joined = undefined;
    this.#held = undefined;
  }

  close(): void {
    this.#session?.close();
    this.#session = undefined;
  }

  #hearHeld(): void {
    const messages = this.#held ?? [];
    this.#held = undefined;
    for (const message of messages) this.#take(message);
  }

  #take(message: SfuMessage): void {
    this.#session?.subscriptions.hear(message);
    this.#session?.publisher.hear(message);
    if (message.name === 'publish:changed') this.#session?.followLeave(message.notice);
    this.#parts.view.hear(message);
  }

  async #begin(snapshot: RoomSnapshot): Promise<MediaSession> {
    const { fetchIceServers, sending, firstDemand, clock, view, onHopeless, onFailure } = this.#parts;
    this.#sessions += 1;
    return startMediaSession({
      snapshot,
      iceServers: await fetchIceServers(),
      fetchIceServers,
      sending,
      ...(firstDemand && { firstDemand }),
      request: this.#requestOf(this.#sessions),
      clock,
      onChange: () => view.changed(),
      onHopeless,
      onFailure,
    });
  }

  /** How one session asks. Before the join, after leaving, and once another session has begun, the sfu would not know who asks. */
  #requestOf(number: number): Signalling['request'] {
    return (name, input) =>
      this.#joined && number === this.#sessions
        ? this.#joined.request(name, input)
        : Promise.reject(new Failure('unavailable', 'not in the room just now'));
  }
}
