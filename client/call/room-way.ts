import type { CallTicket } from '../../server/contract/call.ts';
import { Failure } from '../../server/contract/failure.ts';
import type { SfuRequestInput, SfuRequestName, SfuRequestReply } from '../../sfu/contract/messages.ts';
import { toFailure } from '../api/failures.ts';
import { type Clock, every } from '../review/clock.ts';
import type { MediaSession } from './media-session.ts';
import { Membership, type MembershipParts } from './membership.ts';
import { createPeerBook, type PeerBook } from './peer-book.ts';
import { roomFateOf } from './reconnect-fate.ts';
import { createRetryUntilDone, type RetryUntilDone } from './retry-until-done.ts';
import type { RoomPhase, Viewing, WayState } from './room-state.ts';
import type { Sending } from './sending.ts';
import type { Connect, SfuMessage, Signalling } from './signalling.ts';
import type { Demand } from './subscription.ts';
import { createTickets, type Tickets } from './tickets.ts';

/** What a view is made from. */
export interface ViewSources {
  book: PeerBook;
  session(): MediaSession | undefined;
}

export interface RoomWayParts<S extends WayState> {
  /** @param unreached where the last ticket led, and nobody answered */
  fetchTicket(unreached?: string): Promise<CallTicket>;
  sending: Sending;
  firstDemand?: MembershipParts['firstDemand'];
  createView(sources: ViewSources): Viewing<S>;
  /** Random, of this window. */
  sessionId: string;
  connect: Connect;
  clock: Clock;
  onFailure(thrown: unknown): void;
}

const LOOK_EVERY_MS = 5_000;
const SWEEP_EVERY_MS = 5_000;

/** mediasoup-client's error where the browser has no WebRTC that it can use. */
const isUnsupported = (thrown: unknown) => thrown instanceof Error && thrown.name === 'UnsupportedError';

const isElsewhere = (thrown: unknown) => thrown instanceof Failure && thrown.reason === 'in-other-window';

/** One window's way into one room, kept up for ever over lost lines, restarted sfus and ended tokens. */
export class RoomWay<S extends WayState> {
  readonly #parts: RoomWayParts<S>;
  readonly #tickets: Tickets;
  readonly #book: PeerBook = createPeerBook();
  readonly #view: Viewing<S>;
  readonly #membership: Membership;
  readonly #entering: RetryUntilDone;
  readonly #timers: (() => void)[];
  #signalling: Signalling | undefined;
  #wantsIn = false;
  #over = false;
  /** The connection on which everything is being built anew. */
  #renewing: Signalling | undefined;

  constructor(parts: RoomWayParts<S>) {
    const { clock } = parts;
    this.#parts = parts;
    this.#tickets = createTickets(parts.fetchTicket, Date.now, () => clock.nowMs());
    this.#view = parts.createView({ book: this.#book, session: () => this.#membership.session });
    this.#timers = [
      every(clock, SWEEP_EVERY_MS, () => {
        if (this.#book.sweep(clock.nowMs())) this.#view.changed();
      }),
      every(clock, LOOK_EVERY_MS, () => {
        if (this.state.phase === 'outside') this.#lookAgain();
      }),
    ];
    this.#membership = new Membership({
      ...parts,
      book: this.#book,
      view: this.#view,
      fetchIceServers: this.#tickets.getIceServers,
      isCurrent: (on) => !this.#over && this.#signalling === on,
      onHopeless: () => this.#startAnew(),
    });
    this.#entering = createRetryUntilDone({
      clock,
      isDone: () => this.#over || this.#signalling !== undefined,
      attempt: () => this.#attempt(),
      onFailure: (thrown) => this.#attemptFailed(thrown),
    });
  }

  get state(): S {
    return this.#view.state;
  }

  readonly onState = (listener: () => void): (() => void) => this.#view.onState(listener);

  /** Prepares the way and tells who is there; publishes nothing. */
  look(): void {
    this.#entering.begin();
  }

  /** Goes in. A client that has come to an end stays there: another visit is another client. */
  enter(options?: { takeOver: boolean }): void {
    if (this.#over) return;
    this.#wantsIn = true;
    this.#membership.takeOver = options?.takeOver ?? false;
    this.#view.set({ phase: 'joining' });
    const on = this.#signalling;
    if (on) this.#membership.join(on, false).catch((thrown: unknown) => this.#joinFailed(on, thrown));
    else {
      this.#entering.begin();
      this.#entering.wake();
    }
  }

  leave(): void {
    const on = this.#signalling;
    this.#signalling = undefined;
    // Said before the door closes; where the line is gone the sfu finds out by itself.
    if (on && this.#wantsIn)
      void on
        .request('room:leave', {})
        .catch(() => {})
        .finally(() => on.close());
    else on?.close();
    this.#wantsIn = false;
    this.#stop('left');
  }

  /** The call is over for everybody. */
  end(): void {
    this.#stop('ended');
  }

  /** Asks the sfu as one of the room. @throws Failure unavailable while this window is not in */
  protected request<N extends SfuRequestName>(name: N, input: SfuRequestInput<N>): Promise<SfuRequestReply<N>> {
    return this.#membership.request(name, input);
  }

  setDemand(producerId: string, demand: Demand): void {
    this.#membership.session?.subscriptions.setDemand(producerId, demand);
  }

  /** The network or the window is back: no more waiting. */
  nudge(): void {
    this.#entering.wake();
    // A connection that died with the old network is found out by asking.
    this.#lookAgain();
  }

  close(): void {
    this.leave();
    for (const cancel of this.#timers) cancel();
    this.#view.close();
  }

  async #attempt(): Promise<void> {
    const ticket = await this.#tickets.get();
    if (this.#over) return;
    const made: Signalling = await this.#parts.connect({
      sfuUrl: ticket.sfuUrl,
      token: ticket.token,
      onMessage: (message) => {
        if (this.#signalling === made) this.#receive(message);
      },
      onLost: () => this.#drop(made),
    });
    if (this.#over) return made.close();
    this.#signalling = made;
    try {
      if (this.#wantsIn) await this.#membership.join(made, true);
      else await this.#look(made);
    } catch (thrown) {
      if (this.#signalling === made && isElsewhere(thrown)) return this.#giveWay();
      if (this.#signalling === made) this.#part();
      made.close();
      throw thrown;
    }
  }

  #attemptFailed(thrown: unknown): void {
    if (isUnsupported(thrown)) {
      this.#stop('unsupported');
      return;
    }
    const failure = toFailure(thrown);
    const fate = roomFateOf(failure, this.#membership.session !== undefined);
    if (fate === 'fresh-ticket') this.#tickets.drop();
    else if (fate === 'doubt-ticket') this.#tickets.doubt();
    else if (fate === 'ended') this.#stop('ended');
    else if (fate === 'refused') this.#stop('refused', failure);
  }

  /** @throws Failure; one without an answer has ended the connection, and that is what shows. */
  async #look(on: Signalling): Promise<void> {
    const { clock } = this.#parts;
    const askedAtMs = clock.nowMs();
    const { peers } = await on.request('room:look', {});
    this.#view.set({ reachable: true, rttMs: Math.round(clock.nowMs() - askedAtMs), present: peers });
  }

  #lookAgain(): void {
    // A look without an answer has ended the connection, which is what shows.
    if (this.#signalling) this.#look(this.#signalling).catch(() => {});
  }

  #receive(message: SfuMessage): void {
    if (message.name === 'room:ended') this.#stop('ended');
    else if (message.name === 'peer:replaced') this.#stop('replaced');
    else if (message.name === 'peer:removed') this.#stop('removed');
    else if (message.name === 'room:rejoin') this.#startAnew(message.notice.afterMs);
    else if (message.name === 'room:move') this.#move(message.notice.afterMs);
    else this.#membership.hear(message);
  }

  /** The transports or the room under them are gone, the connection may be fine: joins again as somebody new. */
  #startAnew(afterMs = 0): void {
    const on = this.#signalling;
    if (!on || this.#over || this.#renewing === on) return;
    this.#renewing = on;
    this.#view.set({ phase: 'returning' });
    const rejoin = () => {
      this.#membership
        .rejoin(on)
        .catch((thrown: unknown) => this.#joinFailed(on, thrown))
        .finally(() => {
          this.#renewing = undefined;
        });
    };
    if (afterMs === 0) {
      rejoin();
      return;
    }
    this.#membership.part();
    this.#parts.clock.after(afterMs, () => {
      if (this.#signalling === on) rejoin();
    });
  }

  /** Another sfu has a place for this window: a fresh ticket says where. What flows goes on until then. */
  #move(afterMs: number): void {
    const on = this.#signalling;
    this.#parts.clock.after(afterMs, () => {
      if (!on || this.#signalling !== on || this.#over) return;
      this.#tickets.drop();
      void on
        .request('room:leave', {})
        .catch(() => {})
        .finally(() => this.#drop(on));
    });
  }

  #joinFailed(on: Signalling, thrown: unknown): void {
    if (isUnsupported(thrown)) this.#stop('unsupported');
    else if (isElsewhere(thrown)) this.#giveWay();
    else this.#drop(on);
  }

  /** Another window has the person: before entering they are asked, afterwards they have been. */
  #giveWay(): void {
    if (this.#membership.session) {
      this.#stop('replaced');
      return;
    }
    this.#wantsIn = false;
    this.#membership.letThrough();
    this.#view.set({ phase: 'elsewhere' });
  }

  #drop(dead: Signalling): void {
    dead.close();
    if (this.#signalling !== dead) return;
    this.#part();
    if (this.#over) return;
    this.#membership.session?.subscriptions.lose();
    this.#view.set({
      reachable: false,
      ...(this.state.phase === 'inside' ? { phase: 'returning' as const } : {}),
    });
    this.#entering.begin();
  }

  /** Forgets the connection and what hangs on it. */
  #part(): void {
    this.#signalling = undefined;
    this.#membership.part();
  }

  #stop(phase: RoomPhase, failure?: Failure): void {
    this.#over = true;
    this.#entering.wake();
    this.#signalling?.close();
    this.#part();
    this.#membership.close();
    this.#book.stand([], true, this.#parts.clock.nowMs());
    this.#view.set({ phase, failure: failure ?? null, reachable: false });
  }
}
