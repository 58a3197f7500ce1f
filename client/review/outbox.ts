import type { Target } from '../../server/contract/picture-kinds.ts';
import type { Annotation, Shape } from '../../server/contract/review.ts';
import { createBackoff } from '../line/backoff.ts';
import type { Clock } from './clock.ts';

/** What this person did to one annotation. `shape: null`: it is not there any more. */
export interface Operation {
  /** `undo` and `redo` step over an act that the server knows, or will know before. */
  step: 'do' | 'undo' | 'redo';
  actId: string;
  annotationId: string;
  target: Target;
  shape: Shape | null;
  authorId: string;
  authorName: string;
}

export interface OutboxParts {
  clock: Clock;
  /** Resolves with the revision that the server gave it. */
  send(operation: Operation): Promise<number>;
  onAcknowledged(operation: Operation, revision: number): void;
  /** The server will never take it; it has been dropped. */
  onRefused(operation: Operation, failure: unknown): void;
  /** What is pending has changed. */
  onChange(): void;
  isTransient(failure: unknown): boolean;
}

export interface Outbox {
  put(operation: Operation): void;
  /** The line is back: try at once. */
  retry(): void;
  readonly size: number;
  isPending(annotationId: string): boolean;
  isUnsent(actId: string): boolean;
  /** In the order in which they were made. */
  operations(): readonly Operation[];
}

/**
 * Keeps what the person did until the server has acknowledged it, over any outage. One operation is under way at a time, in the
 * order they were made; none is left out, or taking back the last but one would take back more.
 */
export function createOutbox(parts: OutboxParts): Outbox {
  const waiting: Operation[] = [];
  let isUnderWay = false;
  let cancelRetry: (() => void) | undefined;
  const backoff = createBackoff();

  const flush = (): void => {
    cancelRetry?.();
    cancelRetry = undefined;
    const [next] = waiting;
    if (isUnderWay || !next) return;
    isUnderWay = true;
    parts.send(next).then(
      (revision) => {
        isUnderWay = false;
        backoff.reset();
        waiting.shift();
        parts.onAcknowledged(next, revision);
        parts.onChange();
        flush();
      },
      (failure: unknown) => {
        isUnderWay = false;
        if (parts.isTransient(failure)) {
          cancelRetry = parts.clock.after(backoff.nextMs(), flush);
          return;
        }
        waiting.shift();
        parts.onRefused(next, failure);
        parts.onChange();
        flush();
      },
    );
  };

  return {
    put(operation) {
      waiting.push(operation);
      parts.onChange();
      if (!cancelRetry) flush();
    },
    retry() {
      backoff.reset();
      flush();
    },
    get size() {
      return waiting.length;
    },
    isPending: (annotationId) => waiting.some((operation) => operation.annotationId === annotationId),
    isUnsent: (actId) => waiting.some((operation) => operation.actId === actId),
    operations: () => waiting,
  };
}

/** The board's annotations of one target with the pending operations on top, oldest first, tombstones left out. */
export function visibleAnnotations(
  annotations: Iterable<Annotation>,
  operations: readonly Operation[],
  isShown: (target: Target) => boolean,
  mine: (operation: Operation, known: Annotation | undefined) => Annotation,
): Annotation[] {
  const visible = new Map<string, Annotation>();
  for (const annotation of annotations)
    if (isShown(annotation.target)) visible.set(annotation.annotationId, annotation);
  for (const operation of operations) {
    if (isShown(operation.target))
      visible.set(operation.annotationId, mine(operation, visible.get(operation.annotationId)));
  }
  return [...visible.values()].filter((annotation) => annotation.shape !== null);
}
