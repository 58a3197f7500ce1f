import type { Notice, NoticeName, RequestInput, RequestName, RequestReply } from '../../server/contract/messages.ts';
import type { Viewport } from '../../server/contract/picture-kinds.ts';
import type { BoardAnnotation, Presenter, ReviewSnapshot } from '../../server/contract/review.ts';
import type { ShownPointer } from '../../server/contract/showing.ts';
import { type KeptMark, nothingAt, type ShowingAt } from '../../server/contract/showing-at.ts';
import type { ReviewLink } from '../review/review-link.ts';

/** Whoever presented then, as one window among those that look at it. */
const PRESENTER_PEER = 'presented';
/** A pointer that is still there is told again, before the review lets it fade by its own clock. */
const POINT_AGAIN_MS = 1_000;

type Emit = (name: NoticeName, notice: unknown) => void;
type Listeners = Map<NoticeName, Set<(notice: unknown) => void>>;

/** A shared review whose others are those who were there: the panel follows what they did, at whatever instant it is now. */
export interface ReplayLink {
  link: ReviewLink;
  /** It is so now, whatever it was before. */
  show(now: ShowingAt): void;
}

/** @param nameOf what somebody of the demonstration is called @param reader who looks at it */
export function createReplayLink(
  demonstrationId: string,
  { nameOf, reader }: { nameOf(accountId: string): string; reader: string },
): ReplayLink {
  const listeners: Listeners = new Map();
  let now = nothingAt();
  let shown: Viewport | null = null;
  let revision = 0;
  const consultationId = demonstrationId;
  const emit: Emit = (name, notice) => {
    for (const listener of listeners.get(name) ?? []) listener(notice);
  };
  const presenter = (): Presenter | null =>
    now.presenterId === null
      ? null
      : { accountId: now.presenterId, name: nameOf(now.presenterId), peerId: PRESENTER_PEER };
  const annotation = ({ demonstrationId: _, ...mark }: KeptMark): BoardAnnotation => ({
    ...mark,
    consultationId,
    // Whatever is newest holds, also where the replay goes back.
    revision: ++revision,
    authorName: nameOf(mark.authorId),
    // Nobody is told that somebody else took away a mark that is not there yet.
    changedById: reader,
    changedByName: '',
  });

  const marksTold = createMarksTold((mark) => emit('annotation:changed', annotation(mark)));
  const pointersTold = createPointersTold((pointer) => emit('pointer:moved', { ...pointer, consultationId }));

  function open(): ReviewSnapshot {
    const { viewport, marks } = now;
    shown = viewport;
    marksTold.begin(marks);
    const annotations = [...marks.values()].map(annotation);
    return { peerId: 'reader', presenter: presenter(), viewport, peers: [], acts: [], revision, annotations };
  }

  const link: ReviewLink = {
    // What is drawn here is drawn for oneself: nothing but the opening is ever asked for.
    request: async <N extends RequestName>(name: N, _: RequestInput<N>) =>
      (name === 'review:open' ? open() : {}) as RequestReply<N>,
    send: () => undefined,
    on<N extends NoticeName>(name: N, listener: (notice: Notice<N>) => void) {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all);
      const one = listener as (notice: unknown) => void;
      all.add(one);
      return () => all.delete(one);
    },
    onConnect(listener) {
      listener();
      return () => undefined;
    },
    isPartial: () => true,
  };
  return {
    link,
    show(next) {
      const before = now;
      now = next;
      if (before.presenterId !== next.presenterId)
        emit('presenter:changed', { consultationId, presenter: presenter() });
      marksTold.show(next.marks);
      if (next.viewport && !isEqual(shown, next.viewport)) {
        shown = next.viewport;
        emit('viewport:moved', { consultationId, peerId: PRESENTER_PEER, viewport: next.viewport });
      }
      pointersTold.show(next.pointers);
    },
  };
}

/** What the panel knows of the marks: told is what has changed since. */
function createMarksTold(tell: (mark: KeptMark) => void) {
  const told = new Map<string, KeptMark>();
  return {
    /** These it has by other ways. */
    begin(marks: ShowingAt['marks']): void {
      for (const [annotationId, mark] of marks) told.set(annotationId, mark);
    },
    show(marks: ShowingAt['marks']): void {
      for (const [annotationId, mark] of told)
        if (!marks.has(annotationId)) {
          told.delete(annotationId);
          tell({ ...mark, shape: null });
        }
      for (const [annotationId, mark] of marks)
        if (told.get(annotationId)?.revision !== mark.revision) {
          told.set(annotationId, mark);
          tell(mark);
        }
    },
  };
}

function createPointersTold(tell: (pointer: ShownPointer) => void) {
  const told = new Map<string, { pointer: ShownPointer; atMs: number }>();
  return {
    show(pointers: ShowingAt['pointers']): void {
      for (const [peerId, { pointer }] of told)
        if (!pointers.has(peerId)) {
          told.delete(peerId);
          tell({ ...pointer, point: null });
        }
      for (const [peerId, pointer] of pointers) {
        const before = told.get(peerId);
        const isOld = before !== undefined && performance.now() - before.atMs >= POINT_AGAIN_MS;
        if (before && !isOld && isEqual(before.pointer, pointer)) continue;
        told.set(peerId, { pointer, atMs: performance.now() });
        tell(pointer);
      }
    },
  };
}

const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
