import type { Notice, NoticeName } from '../../server/contract/messages.ts';
import type { Target, Viewport } from '../../server/contract/picture-kinds.ts';
import type {
  Annotation,
  BoardAnnotation,
  PointerMoved,
  Quality,
  ReviewPeer,
  ReviewSnapshot,
  Shape,
} from '../../server/contract/review.ts';
import { createSignal } from '../viewer/signal.ts';
import type { Unsubscribe } from '../viewer/viewer.ts';
import { type Clock, systemClock } from './clock.ts';
import type { OwnAct } from './history.ts';
import { createJoining, type Joining } from './joining.ts';
import { Markings } from './markings.ts';
import { createPointers, type Pointers } from './pointers.ts';
import { Presenting, type PresentingState } from './presenting.ts';
import type { ReviewLink } from './review-link.ts';
import { createThrottledSender, type ThrottledSender } from './throttled-sender.ts';

type ReviewNotice = Extract<NoticeName, `${'annotation' | 'review' | 'presenter' | 'viewport' | 'pointer'}:${string}`>;

const QUALITY_INTERVAL_MS = 500;

export interface ReviewState extends PresentingState {
  /** `refused`: the server will not let this person in; `failure` says why. */
  phase: 'joining' | 'live' | 'refused';
  failure: unknown;
  peerId: string | null;
  peers: ReviewPeer[];
  /** Operations on annotations that the server has not acknowledged yet. */
  unsent: number;
  /** The board's revision, up to which everything is here. */
  revision: number;
}

export type ReviewTrouble =
  | { kind: 'take-over-denied' }
  | { kind: 'annotation-refused'; failure: unknown }
  /** Somebody else deleted a mark; `before`: what it was. */
  | { kind: 'annotation-deleted'; byName: string; before: Annotation; mine: boolean };

export interface SessionParts {
  link: ReviewLink;
  consultationId: string;
  me: { accountId: string; name: string };
  /** Looking alone: reads the annotations and leaves at once; nobody sees this window, nothing is followed. */
  solo: boolean;
  /** Left out: always. Where not, what is drawn stays in this window. */
  mayShare?: () => boolean;
  /** Left out: always. Where not, moving the picture is for oneself alone while nobody presents. */
  leadsByMoving?: () => boolean;
  clock?: Clock;
}

/** This window's part in one case's shared review, from joining to closing, over any number of outages. */
export class ReviewSession {
  readonly #states = createSignal<void>();
  readonly #follows = createSignal<Viewport>();
  readonly #boards = createSignal<void>();
  readonly #pointerMoves = createSignal<void>();
  readonly #troubles = createSignal<ReviewTrouble>();
  readonly onState = this.#states.on;
  /** Show this: the presenter moved, or this window has just come in. */
  readonly onFollow = this.#follows.on;
  readonly onBoard = this.#boards.on;
  readonly onPointers = this.#pointerMoves.on;
  readonly onTrouble = this.#troubles.on;
  readonly #parts: Required<SessionParts>;
  readonly #presenting: Presenting;
  readonly #pointers: Pointers;
  readonly #qualities: ThrottledSender<Quality>;
  readonly #markings: Markings;
  readonly #joining: Joining;
  readonly #subscriptions: Unsubscribe[];
  #entered: { peerId: string; peers: ReviewPeer[] } | undefined;
  #phase: ReviewState['phase'] = 'joining';
  #failure: unknown;
  #quality: Quality | undefined;
  #state: ReviewState;

  constructor(given: SessionParts) {
    const parts = { mayShare: () => true, leadsByMoving: () => true, clock: systemClock, ...given };
    this.#parts = parts;
    const { link, consultationId, clock } = parts;
    this.#presenting = new Presenting({
      ...parts,
      onChange: () => this.#changed(),
      onFollow: this.#follows.emit,
      onDenied: () => this.#troubles.emit({ kind: 'take-over-denied' }),
    });
    this.#pointers = createPointers({
      clock,
      send: (move) => link.send('pointer:move', { ...move, consultationId }),
      onChange: this.#pointerMoves.emit,
    });
    this.#qualities = createThrottledSender<Quality>({
      clock,
      intervalMs: QUALITY_INTERVAL_MS,
      send: (quality) => link.send('quality:report', { consultationId, quality }),
      settle: (quality) => link.request('quality:report', { consultationId, quality }),
    });
    this.#markings = new Markings({
      ...parts,
      onChange: () => this.#redrawn(),
      onRefused: (failure) => this.#troubles.emit({ kind: 'annotation-refused', failure }),
    });
    this.#joining = createJoining({
      ...{ clock, board: this.#markings },
      open: (sinceRevision) => link.request('review:open', { consultationId, sinceRevision }),
      onSnapshot: (snapshot) => this.#enter(snapshot),
      onRefused: (failure) => {
        this.#phase = 'refused';
        this.#failure = failure;
        this.#changed();
      },
    });
    this.#state = this.#describe();
    this.#subscriptions = this.#listen();
  }

  get state(): ReviewState {
    return this.#state;
  }

  /** What to draw on a picture: acknowledged and pending together. */
  annotations(isShown: (target: Target) => boolean): Annotation[] {
    return this.#markings.annotations(isShown);
  }

  /** Something about the annotation has not been acknowledged yet. */
  isUnsent(annotationId: string): boolean {
    return this.#markings.isUnsent(annotationId);
  }

  /** Drawn for oneself: neither kept nor shown to anybody else. */
  isLocal(annotationId: string): boolean {
    return this.#markings.isLocal(annotationId);
  }

  /** One's own, and still open. */
  mayChange({ annotationId, authorId }: Annotation): boolean {
    const { me, mayShare } = this.#parts;
    return authorId === me.accountId && (mayShare() || this.#markings.isLocal(annotationId));
  }

  /** `ask`: somebody else's, which whoever presents may delete after a question. */
  mayRemove(annotation: Annotation): 'yes' | 'ask' | 'no' {
    if (this.mayChange(annotation)) return 'yes';
    return this.#parts.mayShare() && this.#state.presenting ? 'ask' : 'no';
  }

  put(annotationId: string, target: Target, shape: Shape): void {
    this.#markings.put(annotationId, target, shape);
  }

  remove(annotationId: string): void {
    this.#markings.remove(annotationId);
  }

  /** Takes one's own last act back, or does it again; undefined where there is none. */
  step(direction: 'undo' | 'redo'): OwnAct | undefined {
    return this.#markings.step(direction);
  }

  canStep(direction: 'undo' | 'redo'): boolean {
    return this.#markings.canStep(direction);
  }

  pointers(): PointerMoved[] {
    return this.#pointers.all();
  }

  /** The person at this window moved the picture. */
  look(viewport: Viewport): void {
    if (!this.#parts.solo) this.#presenting.look(viewport);
  }

  point(target: Target, point: { x: number; y: number } | null): void {
    if (!this.#parts.solo) this.#pointers.move(target, point);
  }

  report(quality: Quality): void {
    this.#quality = quality;
    if (!this.#parts.solo && this.#entered) this.#qualities.push(quality);
  }

  ask(): void {
    this.#presenting.ask();
  }

  answer(grant: boolean): void {
    this.#presenting.answer(grant);
  }

  follow(): void {
    this.#presenting.follow();
  }

  unfollow(): void {
    this.#presenting.unfollow();
  }

  close(): void {
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#joining.stop();
    this.#presenting.stop();
    this.#pointers.stop();
    this.#qualities.stop();
    // The outbox goes on until the server has everything.
    if (!this.#parts.solo) this.#leave();
  }

  #listen(): Unsubscribe[] {
    const { link, solo, consultationId } = this.#parts;
    const on = <N extends ReviewNotice>(name: N, then: (notice: Notice<N>) => void): Unsubscribe =>
      link.on(name, (notice) => {
        if (notice.consultationId === consultationId) then(notice);
      });
    const others = (): Unsubscribe[] => [
      on('review:peers-changed', ({ peers }) => this.#meet(peers)),
      on('presenter:asked', (request) => this.#presenting.askedBy(request)),
      on('presenter:changed', ({ presenter }) => this.#presenting.changed(presenter)),
      on('viewport:moved', ({ peerId, viewport }) => this.#presenting.moved(peerId, viewport)),
      on('pointer:moved', (moved) => {
        if (moved.peerId !== this.#entered?.peerId) this.#pointers.receive(moved);
      }),
    ];
    return [
      on('annotation:changed', (change) => this.#take(change)),
      ...(solo ? [] : others()),
      link.onConnect(this.#joining.join),
    ];
  }

  #enter(snapshot: ReviewSnapshot): void {
    const { solo } = this.#parts;
    const fresh = this.#entered === undefined;
    this.#markings.enter(snapshot);
    this.#phase = 'live';
    this.#entered = { peerId: snapshot.peerId, peers: snapshot.peers };
    if (solo) this.#leave();
    else this.#presenting.enter(snapshot, fresh);
    this.#redrawn();
    if (this.#quality && !solo) this.#qualities.push(this.#quality);
    this.#markings.retry();
  }

  #leave(): void {
    const { link, consultationId } = this.#parts;
    link.request('review:close', { consultationId }).catch(() => undefined);
  }

  #take(change: BoardAnnotation): void {
    const { accountId } = this.#parts.me;
    const before = this.#markings.find(change.annotationId);
    this.#markings.take(change);
    this.#redrawn();
    if (before?.shape && !change.shape && change.changedById !== accountId) {
      const mine = before.authorId === accountId;
      this.#troubles.emit({ kind: 'annotation-deleted', byName: change.changedByName, before, mine });
    }
  }

  /** Somebody came, or went. */
  #meet(peers: ReviewPeer[]): void {
    if (!this.#entered) return;
    const present = new Set(peers.map(({ peerId }) => peerId));
    for (const { peerId } of this.#entered.peers) if (!present.has(peerId)) this.#pointers.leave(peerId);
    this.#entered = { ...this.#entered, peers };
    this.#changed();
  }

  /** The marks are not what they were. */
  #redrawn(): void {
    this.#changed();
    this.#boards.emit();
    if (!this.#parts.link.isPartial?.()) this.#joining.watchGap();
  }

  #changed(): void {
    this.#state = this.#describe();
    this.#states.emit();
  }

  #describe(): ReviewState {
    const { unsent, revision } = this.#markings;
    return {
      ...this.#presenting.state,
      phase: this.#phase,
      failure: this.#failure,
      peerId: this.#entered?.peerId ?? null,
      peers: this.#entered?.peers ?? [],
      unsent,
      revision,
    };
  }
}
