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
import { createLatestSender } from './latest-sender.ts';
import { createMarkings } from './markings.ts';
import { createPointers } from './pointers.ts';
import { createPresenting, type PresentingState } from './presenting.ts';
import { isTransient, type ReviewLink } from './review-link.ts';

const QUALITY_INTERVAL_MS = 500;
const REJOIN_MS = 1500;
/** A revision that is still missing after this long is asked for. */
const GAP_PATIENCE_MS = 1000;

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

export interface ReviewSession {
  readonly state: ReviewState;
  onState(listener: () => void): Unsubscribe;
  /** Show this: the presenter moved, or this window has just come in. */
  onFollow(listener: (viewport: Viewport) => void): Unsubscribe;
  onBoard(listener: () => void): Unsubscribe;
  onPointers(listener: () => void): Unsubscribe;
  onTrouble(listener: (trouble: ReviewTrouble) => void): Unsubscribe;
  /** What to draw on a picture: acknowledged and pending together. */
  annotations(isShown: (target: Target) => boolean): Annotation[];
  /** Something about the annotation has not been acknowledged yet. */
  isUnsent(annotationId: string): boolean;
  /** Drawn for oneself: neither kept nor shown to anybody else. */
  isLocal(annotationId: string): boolean;
  /** One's own, and still open. */
  mayChange(annotation: Annotation): boolean;
  /** `ask`: somebody else's, which whoever presents may delete after a question. */
  mayRemove(annotation: Annotation): 'yes' | 'ask' | 'no';
  /** Takes one's own last act back, or does it again; undefined where there is none. */
  step(direction: 'undo' | 'redo'): OwnAct | undefined;
  canStep(direction: 'undo' | 'redo'): boolean;
  pointers(): PointerMoved[];
  /** The person at this window moved the picture. */
  look(viewport: Viewport): void;
  point(target: Target, point: { x: number; y: number } | null): void;
  put(annotationId: string, target: Target, shape: Shape): void;
  remove(annotationId: string): void;
  report(quality: Quality): void;
  ask(): void;
  answer(grant: boolean): void;
  follow(): void;
  unfollow(): void;
  close(): void;
}

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
export function createReviewSession({
  link,
  consultationId,
  me,
  solo,
  mayShare = () => true,
  leadsByMoving = () => true,
  clock = systemClock,
}: SessionParts): ReviewSession {
  const states = createSignal<void>();
  const follows = createSignal<Viewport>();
  const boards = createSignal<void>();
  const pointerMoves = createSignal<void>();
  const troubles = createSignal<ReviewTrouble>();
  let entered: { peerId: string; peers: ReviewPeer[] } | undefined;
  let phase: ReviewState['phase'] = 'joining';
  let failure: unknown;
  let joinNumber = 0;
  let closed = false;
  let quality: Quality | undefined;
  let cancelRejoin: (() => void) | undefined;
  let cancelGap: (() => void) | undefined;

  const presenting = createPresenting({
    link,
    clock,
    consultationId,
    me,
    leadsByMoving,
    onChange: () => changed(),
    onFollow: follows.emit,
    onDenied: () => troubles.emit({ kind: 'take-over-denied' }),
  });
  const pointers = createPointers({
    clock,
    send: (move) => link.send('pointer:move', { ...move, consultationId }),
    onChange: () => pointerMoves.emit(),
  });
  const qualities = createLatestSender<Quality>({
    clock,
    intervalMs: QUALITY_INTERVAL_MS,
    send: (value) => link.send('quality:report', { consultationId, quality: value }),
    settle: (value) => link.request('quality:report', { consultationId, quality: value }),
  });
  const markings = createMarkings({
    link,
    clock,
    consultationId,
    me,
    mayShare,
    onChange: () => redrawn(),
    onRefused: (refusal) => troubles.emit({ kind: 'annotation-refused', failure: refusal }),
  });

  let state: ReviewState = describe();
  function describe(): ReviewState {
    const peerId = entered?.peerId ?? null;
    const peers = entered?.peers ?? [];
    const { unsent, revision } = markings;
    return { ...presenting.state, phase, failure, peerId, peers, unsent, revision };
  }
  function changed(): void {
    state = describe();
    states.emit();
  }
  /** The marks are not what they were. */
  function redrawn(): void {
    changed();
    boards.emit();
    if (!markings.hasGap) {
      cancelGap?.();
      cancelGap = undefined;
    } else
      cancelGap ??= clock.after(GAP_PATIENCE_MS, () => {
        cancelGap = undefined;
        if (markings.hasGap) join();
      });
  }
  function take(change: BoardAnnotation): void {
    const before = markings.find(change.annotationId);
    markings.take(change);
    redrawn();
    if (before?.shape && !change.shape && change.changedById !== me.accountId) {
      const mine = before.authorId === me.accountId;
      troubles.emit({ kind: 'annotation-deleted', byName: change.changedByName, before, mine });
    }
  }
  function enter(snapshot: ReviewSnapshot): void {
    const fresh = entered === undefined;
    markings.enter(snapshot);
    phase = 'live';
    entered = { peerId: snapshot.peerId, peers: snapshot.peers };
    if (solo) link.request('review:close', { consultationId }).catch(() => undefined);
    else presenting.enter(snapshot, fresh);
    redrawn();
    if (quality && !solo) qualities.push(quality);
    markings.retry();
  }
  function join(): void {
    cancelRejoin?.();
    const number = ++joinNumber;
    const superseded = (): boolean => closed || number !== joinNumber;
    link.request('review:open', { consultationId, sinceRevision: markings.revision }).then(
      (snapshot) => {
        if (!superseded()) enter(snapshot);
      },
      (thrown: unknown) => {
        if (superseded()) return;
        if (isTransient(thrown)) {
          cancelRejoin = clock.after(REJOIN_MS, join);
          return;
        }
        phase = 'refused';
        failure = thrown;
        changed();
      },
    );
  }

  const mayChange = ({ annotationId, authorId }: Annotation): boolean =>
    authorId === me.accountId && (mayShare() || markings.isLocal(annotationId));
  const here = (notice: { consultationId: string }): boolean => notice.consultationId === consultationId;
  const subscriptions = [
    link.on('annotation:changed', (notice) => {
      if (here(notice)) take(notice);
    }),
  ];
  if (!solo)
    subscriptions.push(
      link.on('review:peers-changed', (notice) => {
        if (!here(notice) || !entered) return;
        const present = new Set(notice.peers.map((peer) => peer.peerId));
        for (const peer of entered.peers) if (!present.has(peer.peerId)) pointers.leave(peer.peerId);
        entered = { ...entered, peers: notice.peers };
        changed();
      }),
      link.on('presenter:asked', (notice) => {
        if (here(notice)) presenting.askedBy(notice);
      }),
      link.on('presenter:changed', (notice) => {
        if (here(notice)) presenting.changed(notice.presenter);
      }),
      link.on('viewport:moved', (notice) => {
        if (here(notice)) presenting.moved(notice.peerId, notice.viewport);
      }),
      link.on('pointer:moved', (notice) => {
        if (here(notice) && notice.peerId !== entered?.peerId) pointers.receive(notice);
      }),
    );
  subscriptions.push(link.onConnect(join));

  return {
    get state() {
      return state;
    },
    onState: states.on,
    onFollow: follows.on,
    onBoard: boards.on,
    onPointers: pointerMoves.on,
    onTrouble: troubles.on,
    annotations: markings.annotations,
    isUnsent: markings.isUnsent,
    isLocal: markings.isLocal,
    mayChange,
    mayRemove(annotation) {
      if (mayChange(annotation)) return 'yes';
      return mayShare() && state.presenting ? 'ask' : 'no';
    },
    step: markings.step,
    canStep: markings.canStep,
    pointers: pointers.all,
    look(viewport) {
      if (!solo) presenting.look(viewport);
    },
    point(target, point) {
      if (!solo) pointers.move(target, point);
    },
    put: markings.put,
    remove: markings.remove,
    report(value) {
      quality = value;
      if (!solo && entered) qualities.push(value);
    },
    ask: presenting.ask,
    answer: presenting.answer,
    follow: presenting.follow,
    unfollow: presenting.unfollow,
    close() {
      closed = true;
      for (const unsubscribe of subscriptions) unsubscribe();
      cancelRejoin?.();
      cancelGap?.();
      presenting.stop();
      pointers.stop();
      qualities.stop();
      // The outbox goes on until the server has everything.
      if (!solo) link.request('review:close', { consultationId }).catch(() => undefined);
    },
  };
}
