import type { Target } from '../../server/contract/picture-kinds.ts';
import type { Act, Annotation, BoardAnnotation, ReviewSnapshot, Shape } from '../../server/contract/review.ts';
import { randomId } from '../api/random-id.ts';
import { applyChange, applySnapshot, type Board, emptyBoard, hasGap } from './board.ts';
import type { Clock } from './clock.ts';
import { type History, mergedWith, nextStep, type OwnAct, withAct, withoutAct, withStep } from './history.ts';
import { createOutbox, type Operation, type Outbox, visibleAnnotations } from './outbox.ts';
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
export class Markings {
  readonly #parts: MarkingsParts;
  readonly #outbox: Outbox;
  readonly #local = new Map<string, Annotation>();
  #board: Board = emptyBoard;
  #history: History = [];

  constructor(parts: MarkingsParts) {
    this.#parts = parts;
    this.#outbox = createOutbox({
      clock: parts.clock,
      isTransient,
      send: (operation) => send(parts.link, parts.consultationId, operation),
      onAcknowledged: (operation, revision) => this.#acknowledge(operation, revision),
      onRefused: (operation, failure) => {
        // What the server does not know of cannot be taken back, and what it will not step over never will be.
        this.#history = withoutAct(this.#history, operation.actId);
        parts.onRefused(failure);
      },
      onChange: parts.onChange,
    });
  }

  get revision(): number {
    return this.#board.revision;
  }

  get hasGap(): boolean {
    return hasGap(this.#board);
  }

  get unsent(): number {
    return this.#outbox.size;
  }

  enter(snapshot: ReviewSnapshot): void {
    this.#board = applySnapshot(this.#board, snapshot);
    this.#history = mergedWith(this.#history, snapshot.acts, this.#outbox.isUnsent);
  }

  take(change: BoardAnnotation): void {
    this.#board = applyChange(this.#board, change);
  }

  annotations(isShown: (target: Target) => boolean): Annotation[] {
    const known = this.#board.annotations.values();
    return [
      ...visibleAnnotations(known, this.#outbox.operations(), isShown, (operation) => this.#asAnnotation(operation)),
      ...[...this.#local.values()].filter(({ target }) => isShown(target)),
    ];
  }

  find(annotationId: string): Annotation | undefined {
    return this.annotations(() => true).find((annotation) => annotation.annotationId === annotationId);
  }

  isUnsent(annotationId: string): boolean {
    return this.#outbox.isPending(annotationId);
  }

  /** Drawn for oneself. */
  isLocal(annotationId: string): boolean {
    return this.#local.has(annotationId);
  }

  put(annotationId: string, target: Target, shape: Shape): void {
    this.#act(annotationId, target, shape);
  }

  remove(annotationId: string): void {
    const known = this.find(annotationId);
    if (known) this.#act(annotationId, known.target, null);
  }

  /** @returns what was taken back, or done again; undefined: there is nothing of one's own. */
  step(direction: 'undo' | 'redo'): OwnAct | undefined {
    const next = this.#nextStep(direction);
    if (!next) return undefined;
    this.#history = withStep(this.#history, next.actId, direction);
    const shape = direction === 'undo' ? next.before : next.after;
    this.#carryOut({ ...operationOf(next), step: direction, shape }, next.local);
    return next;
  }

  canStep(direction: 'undo' | 'redo'): boolean {
    return this.#nextStep(direction) !== undefined;
  }

  /** The line is back. */
  retry(): void {
    this.#outbox.retry();
  }

  #nextStep(direction: 'undo' | 'redo'): OwnAct | undefined {
    const next = nextStep(this.#history, direction, (annotationId) => this.#shapeOf(annotationId));
    return next && (next.local || this.#parts.mayShare()) ? next : undefined;
  }

  #act(annotationId: string, target: Target, after: Shape | null): void {
    const { me, mayShare } = this.#parts;
    const known = this.find(annotationId) ?? this.#board.annotations.get(annotationId);
    const isLocal = this.#local.has(annotationId) || (!known && !mayShare());
    const done: OwnAct = {
      actId: randomId(),
      annotationId,
      target,
      before: this.#shapeOf(annotationId),
      after,
      authorId: known?.authorId ?? me.accountId,
      authorName: known?.authorName ?? me.name,
      undone: false,
      local: isLocal,
    };
    this.#history = withAct(this.#history, done);
    this.#carryOut({ ...operationOf(done), step: 'do' }, isLocal);
  }

  #carryOut(operation: Operation, isLocal: boolean): void {
    if (!isLocal) {
      this.#outbox.put(operation);
      return;
    }
    if (operation.shape) this.#local.set(operation.annotationId, this.#asAnnotation(operation));
    else this.#local.delete(operation.annotationId);
    this.#parts.onChange();
  }

  #acknowledge(operation: Operation, revision: number): void {
    const known = this.#board.annotations.get(operation.annotationId);
    if (revision > (known?.revision ?? 0))
      this.#board = applyChange(this.#board, { ...this.#asAnnotation(operation), revision });
  }

  #shapeOf(annotationId: string): Shape | null {
    return this.find(annotationId)?.shape ?? null;
  }

  #asAnnotation({ annotationId, target, shape, authorId, authorName }: Operation): Annotation {
    return {
      annotationId,
      consultationId: this.#parts.consultationId,
      target,
      shape,
      revision: this.#board.annotations.get(annotationId)?.revision ?? 0,
      authorId,
      authorName,
      changedAt: new Date().toISOString(),
    };
  }
}

/** @returns the revision that the server gave it. */
async function send(
  link: ReviewLink,
  consultationId: string,
  { step, actId, annotationId, target, shape }: Operation,
): Promise<number> {
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
}

function operationOf({ actId, annotationId, target, after, authorId, authorName }: Act): Omit<Operation, 'step'> {
  return { actId, annotationId, target, shape: after, authorId, authorName };
}
