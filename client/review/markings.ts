import type { Target } from '../../server/contract/picture-kinds.ts';
import type { Act, Annotation, BoardAnnotation, ReviewSnapshot, Shape } from '../../server/contract/review.ts';
import { randomId } from '../api/random-id.ts';
import { applyChange, applySnapshot, type Board, emptyBoard, hasGap } from './board.ts';
import type { Clock } from './clock.ts';
import { type History, mergedWith, nextStep, type OwnAct, withAct, withoutAct, withStep } from './history.ts';
import { createOutbox, type Operation, visibleAnnotations } from './outbox.ts';
import { isNotFound, isTransient, type ReviewLink } from './review-link.ts';

export interface MarkingsParts {
  link: ReviewLink;
  clock: Clock;
  consultationId: string;
  me: { accountId: string; name: string };
  /** Else what is drawn is for oneself: neither kept nor shown to anybody, gone with the window. */
  mayShare(): boolean;
  onChange(): void;
  onRefused(failure: unknown): void;
}

/** All marks of a case as this window knows them: the shared board, what is on its way to it, and one's own drawn for oneself. */
export interface Markings {
  readonly revision: number;
  readonly hasGap: boolean;
  readonly unsent: number;
  enter(snapshot: ReviewSnapshot): void;
  take(change: BoardAnnotation): void;
  annotations(isShown: (target: Target) => boolean): Annotation[];
  find(annotationId: string): Annotation | undefined;
  isUnsent(annotationId: string): boolean;
  /** Drawn for oneself. */
  isLocal(annotationId: string): boolean;
  put(annotationId: string, target: Target, shape: Shape): void;
  remove(annotationId: string): void;
  /** @returns what was taken back, or done again; undefined: there is nothing of one's own. */
  step(direction: 'undo' | 'redo'): OwnAct | undefined;
  canStep(direction: 'undo' | 'redo'): boolean;
  /** The line is back. */
  retry(): void;
}

export function createMarkings(parts: MarkingsParts): Markings {
  const { link, clock, consultationId, me } = parts;
  const local = new Map<string, Annotation>();
  let board: Board = emptyBoard;
  let history: History = [];

  const outbox = createOutbox({
    clock,
    isTransient,
    async send({ step, actId, annotationId, target, shape }) {
      if (step !== 'do') return (await link.request(`annotation:${step}`, { consultationId, actId })).revision;
      if (shape)
        return (await link.request('annotation:put', { consultationId, annotationId, target, shape, actId })).revision;
      try {
        return (await link.request('annotation:delete', { consultationId, annotationId, actId })).revision;
      } catch (thrown) {
        // It never reached the server, or is gone already: what the person wanted holds.
        if (isNotFound(thrown)) return 0;
        throw thrown;
      }
    },
    onAcknowledged(operation, revision) {
      const known = board.annotations.get(operation.annotationId);
      if (revision > (known?.revision ?? 0)) board = applyChange(board, { ...asAnnotation(operation), revision });
    },
    onRefused(operation, failure) {
      // What the server does not know of cannot be taken back, and what it will not step over never will be.
      history = withoutAct(history, operation.actId);
      parts.onRefused(failure);
    },
    onChange: parts.onChange,
  });
  const asAnnotation = ({ annotationId, target, shape, authorId, authorName }: Operation): Annotation => ({
    annotationId,
    consultationId,
    target,
    shape,
    revision: board.annotations.get(annotationId)?.revision ?? 0,
    authorId,
    authorName,
    changedAt: new Date().toISOString(),
  });
  const annotations = (isShown: (target: Target) => boolean): Annotation[] => [
    ...visibleAnnotations(board.annotations.values(), outbox.operations(), isShown, asAnnotation),
    ...[...local.values()].filter(({ target }) => isShown(target)),
  ];
  const find = (annotationId: string): Annotation | undefined =>
    annotations(() => true).find((annotation) => annotation.annotationId === annotationId);
  const shapeOf = (annotationId: string): Shape | null => find(annotationId)?.shape ?? null;
  const keepLocal = (operation: Operation): void => {
    if (operation.shape) local.set(operation.annotationId, asAnnotation(operation));
    else local.delete(operation.annotationId);
    parts.onChange();
  };
  const carryOut = (operation: Operation, isLocal: boolean): void => {
    if (isLocal) keepLocal(operation);
    else outbox.put(operation);
  };
  const act = (annotationId: string, target: Target, after: Shape | null): void => {
    const known = find(annotationId) ?? board.annotations.get(annotationId);
    const authorId = known?.authorId ?? me.accountId;
    const authorName = known?.authorName ?? me.name;
    const isLocal = local.has(annotationId) || (!known && !parts.mayShare());
    const done: OwnAct = {
      actId: randomId(),
      annotationId,
      target,
      before: shapeOf(annotationId),
      after,
      authorId,
      authorName,
      undone: false,
      local: isLocal,
    };
    history = withAct(history, done);
    carryOut({ ...operationOf(done), step: 'do' }, isLocal);
  };

  return {
    get revision() {
      return board.revision;
    },
    get hasGap() {
      return hasGap(board);
    },
    get unsent() {
      return outbox.size;
    },
    enter(snapshot) {
      board = applySnapshot(board, snapshot);
      history = mergedWith(history, snapshot.acts, outbox.isUnsent);
    },
    take(change) {
      board = applyChange(board, change);
    },
    annotations,
    find,
    isUnsent: outbox.isPending,
    isLocal: (annotationId) => local.has(annotationId),
    put: act,
    remove(annotationId) {
      const known = find(annotationId);
      if (known) act(annotationId, known.target, null);
    },
    step(direction) {
      const next = nextStep(history, direction, shapeOf);
      if (!next || !(next.local || parts.mayShare())) return undefined;
      history = withStep(history, next.actId, direction);
      const shape = direction === 'undo' ? next.before : next.after;
      carryOut({ ...operationOf(next), step: direction, shape }, next.local);
      return next;
    },
    canStep(direction) {
      const next = nextStep(history, direction, shapeOf);
      return next !== undefined && (next.local || parts.mayShare());
    },
    retry: outbox.retry,
  };
}

function operationOf({ actId, annotationId, target, after, authorId, authorName }: Act): Omit<Operation, 'step'> {
  return { actId, annotationId, target, shape: after, authorId, authorName };
}
