import type { CallTicket } from '../../server/contract/call.ts';
import { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import { type Clock, every } from '../review/clock.ts';
import type { LocalMedia } from './local-media.ts';
import { type MediaSession, startMediaSession } from './media-session.ts';
import { createPeerBook } from './peer-book.ts';
import { roomFateOf } from './reconnect-fate.ts';
import type { RoomPhase, RoomState } from './room-state.ts';
import { RoomView } from './room-view.ts';
import type { Connect, SfuMessage, Signalling } from './signalling.ts';
import { createStriving } from './striving.ts';
import type { Demand } from './subscription.ts';
import { createTickets } from './tickets.ts';

export interface RoomClientParts {
  fetchTicket(): Promise<CallTicket>;
  media: LocalMedia;
  /** Random, of this window. */
  sessionId: string;
  connect: Connect;
  clock: Clock;
  onFailure(thrown: unknown): void;
}

/** One window's way into one room, kept up for ever over lost lines, restarted sfus and ended tokens. */
export interface RoomClient {
  readonly state: RoomState;
  onState(listener: () => void): () => void;
  /** Prepares the way and tells who is there; publishes nothing. */
  look(): void;
  /** Goes in. A client that has come to an end stays there: another visit is another client. */
  enter(options?: { takeOver: boolean }): void;
  leave(): void;
  /** The call is over for everybody. */
  end(): void;
  setDemand(producerId: string, demand: Demand): void;
  /** The network or the window is back: no more waiting. */
  nudge(): void;
  close(): void;
}

const LOOK_EVERY_MS = 5_000;
const SWEEP_EVERY_MS = 5_000;
/** The old picture stays until the new one is there; see MediaSession.close. */
const LINGER_MS = 4_000;

/** mediasoup-client's error where the browser has no WebRTC that it can use. */
const isUnsupported = (thrown: unknown) => thrown instanceof Error && thrown.name === 'UnsupportedError';

const isElsewhere = (thrown: unknown) => thrown instanceof Failure && thrown.reason === 'in-other-window';

export function createRoomClient(parts: RoomClientParts): RoomClient {
  const { media, connect, clock, onFailure } = parts;
  const tickets = createTickets(parts.fetchTicket);
  const book = createPeerBook();
  let signalling: Signalling | undefined;
  let session: MediaSession | undefined;
  /** The connection on which the sfu knows this window as one of the room. */
  let joined: Signalling | undefined;
  /** How many sessions there have been: only the newest may ask for anything. */
  let sessions = 0;
  let wantsIn = false;
  /** Until the first join: another window of this person is to go. */
  let takeOver = false;
  let over = false;
  /** Notices that came while a join was being worked in. */
  let held: SfuMessage[] | undefined;
  /** The connection on which everything is being built anew. */
  let renewing: Signalling | undefined;
  const view = new RoomView({ book, media, session: () => session, clock });

  /** How one session asks. Before the join, after leaving, and once another session has begun, the sfu would not know who asks. */
  function requestOf(number: number): Signalling['request'] {
    return (name, input) =>
      joined && number === sessions
        ? joined.request(name, input)
        : Promise.reject(new Failure('unavailable', 'not in the room just now'));
  }

  const timers = [
    every(clock, SWEEP_EVERY_MS, () => {
      if (book.sweep(clock.nowMs())) view.changed();
    }),
    every(clock, LOOK_EVERY_MS, () => {
      // A look without an answer has ended the connection, which is what shows.
      if (signalling && view.state.phase === 'outside') lookOnce(signalling).catch(() => {});
    }),
  ];

  /** Forgets the connection and what hangs on it. */
  function part(): void {
    signalling = undefined;
    joined = undefined;
    held = undefined;
  }

  function stop(phase: RoomPhase, failure?: Failure): void {
    over = true;
    striving.wake();
    signalling?.close();
    part();
    session?.close();
    session = undefined;
    book.stand([], true, clock.nowMs());
    view.set({ phase, failure: failure ?? null, reachable: false });
  }

  /** @throws Failure; one without an answer has ended the connection, and that is what shows. */
  async function lookOnce(on: Signalling): Promise<void> {
    const askedAtMs = clock.nowMs();
    const { peers } = await on.request('room:look', {});
    view.set({ reachable: true, rttMs: Math.round(clock.nowMs() - askedAtMs), present: peers });
  }

  async function join(on: Signalling, resume: boolean): Promise<void> {
    held = [];
    const known = session?.rtpCapabilities;
    const snapshot = await on.request('room:join', {
      sessionId: parts.sessionId,
      resume: resume && session !== undefined,
      ...(takeOver && { takeOver }),
      ...(known && { rtpCapabilities: known }),
    });
    takeOver = false;
    performance.mark('call:joined');
    if (over || signalling !== on) return;
    joined = on;
    book.stand(snapshot.peers, snapshot.resumed, clock.nowMs());
    view.hearSpeaker(snapshot.peerId, snapshot.speakerPeerId);
    if (snapshot.resumed && session) session.resume(snapshot);
    else {
      sessions += 1;
      const fresh = await startMediaSession({
        snapshot,
        iceServers: await tickets.getIceServers(),
        fetchIceServers: tickets.getIceServers,
        media,
        request: requestOf(sessions),
        clock,
        onChange: () => view.changed(),
        onHopeless: startAnew,
        onFailure,
      });
      if (over || signalling !== on) return fresh.close();
      session?.close(LINGER_MS);
      session = fresh;
    }
    const messages = held ?? [];
    held = undefined;
    for (const message of messages) hear(message);
    view.set({ phase: 'inside', reachable: true });
  }

  /** The transports or the room under them are gone, the connection may be fine: joins again as somebody new. */
  function startAnew(): void {
    const on = signalling;
    if (!on || over || renewing === on) return;
    renewing = on;
    joined = undefined;
    view.set({ phase: 'returning' });
    on.request('room:leave', {})
      .catch(() => {})
      .then(() => join(on, false))
      .catch((thrown: unknown) => fail(on, thrown))
      .finally(() => {
        renewing = undefined;
      });
  }

  function fail(on: Signalling, thrown: unknown): void {
    if (isUnsupported(thrown)) stop('unsupported');
    else if (isElsewhere(thrown)) giveWay();
    else drop(on);
  }

  /** Another window has the person: before entering they are asked, afterwards they have been. */
  function giveWay(): void {
    if (session) {
      stop('replaced');
      return;
    }
    wantsIn = false;
    held = undefined;
    view.set({ phase: 'elsewhere' });
  }

  function drop(dead: Signalling): void {
    dead.close();
    if (signalling !== dead) return;
    part();
    if (over) return;
    session?.subscriptions.lose();
    view.set({ reachable: false, ...(view.state.phase === 'inside' ? { phase: 'returning' as const } : {}) });
    striving.begin();
  }

  async function attempt(): Promise<void> {
    const ticket = await tickets.get();
    if (over) return;
    const made: Signalling = await connect({
      sfuUrl: ticket.sfuUrl,
      token: ticket.token,
      onMessage: (message) => {
        if (signalling === made) receive(message);
      },
      onLost: () => drop(made),
    });
    if (over) return made.close();
    signalling = made;
    try {
      if (wantsIn) await join(made, true);
      else await lookOnce(made);
    } catch (thrown) {
      if (signalling === made && isElsewhere(thrown)) return giveWay();
      if (signalling === made) part();
      made.close();
      throw thrown;
    }
  }

  const striving = createStriving({
    clock,
    isDone: () => over || signalling !== undefined,
    attempt,
    onFailure(thrown) {
      if (isUnsupported(thrown)) {
        stop('unsupported');
        return;
      }
      const failure = toFailure(thrown);
      const fate = roomFateOf(failure, session !== undefined);
      if (fate === 'fresh-ticket') tickets.drop();
      else if (fate === 'ended') stop('ended');
      else if (fate === 'refused') stop('refused', failure);
    },
  });

  function receive(message: SfuMessage): void {
    if (message.name === 'room:ended') stop('ended');
    else if (message.name === 'peer:replaced') stop('replaced');
    else if (message.name === 'peer:removed') stop('removed');
    else if (message.name === 'room:rejoin') startAnew();
    else if (held) held.push(message);
    else hear(message);
  }
  function hear(message: SfuMessage): void {
    session?.subscriptions.hear(message);
    session?.publisher.hear(message);
    view.hear(message);
  }

  function leave(): void {
    const on = signalling;
    signalling = undefined;
    // Said before the door closes; where the line is gone the sfu finds out by itself.
    if (on && wantsIn)
      void on
        .request('room:leave', {})
        .catch(() => {})
        .finally(() => on.close());
    else on?.close();
    wantsIn = false;
    stop('left');
  }

  return {
    get state() {
      return view.state;
    },
    onState: (listener) => view.onState(listener),
    look: striving.begin,
    enter(options) {
      if (over) return;
      wantsIn = true;
      takeOver = options?.takeOver ?? false;
      view.set({ phase: 'joining' });
      const on = signalling;
      if (on) join(on, false).catch((thrown: unknown) => fail(on, thrown));
      else {
        striving.begin();
        striving.wake();
      }
    },
    leave,
    end: () => stop('ended'),
    setDemand: (producerId, demand) => session?.subscriptions.setDemand(producerId, demand),
    nudge() {
      striving.wake();
      // A connection that died with the old network is found out by asking: without an answer it has ended.
      if (signalling) lookOnce(signalling).catch(() => {});
    },
    close() {
      leave();
      for (const cancel of timers) cancel();
      view.close();
    },
  };
}
