import type { Target } from '../../server/contract/picture-kinds.ts';
import type { Annotation, Shape } from '../../server/contract/review.ts';
import { createBackoff } from '../line/backoff.ts';
import type { Clock } from './clock.ts';

/** What this person did to one annotation. `shape: null` deletes it. */
export interface Operation {
  annotationId: string;
  target: Target;
  shape: Shape | null;
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
  /** The operation that will hold for this annotation once everything is acknowledged, if one is pending. */
  pending(annotationId: string): Operation | undefined;
  operations(): Operation[];
}

/**
 * Keeps what the person drew until the server has acknowledged it, over any outage. One operation is under way at a time, in
 * the order they were made; of several on one annotation only the last is sent.
 */
export function createOutbox(parts: OutboxParts): Outbox {
  const waiting = new Map<string, Operation>();
  let underWay: Operation | undefined;
  let cancelRetry: (() => void) | undefined;
  const backoff = createBackoff();

  const flush = (): void => {
    cancelRetry?.();
    cancelRetry = undefined;
    if (underWay) return;
    const next = waiting.values().next().value;
    if (!next) return;
    waiting.delete(next.annotationId);
    underWay = next;
    parts.send(next).then(
      (revision) => {
        underWay = undefined;
        backoff.reset();
        parts.onAcknowledged(next, revision);
        parts.onChange();
        flush();
      },
      (failure: unknown) => {
        underWay = undefined;
        if (parts.isTransient(failure)) {
          putBack(next);
          cancelRetry = parts.clock.after(backoff.nextMs(), flush);
          return;
        }
        parts.onRefused(next, failure);
        parts.onChange();
        flush();
      },
    );
  };
  const putBack = (operation: Operation): void => {
    const later = [...waiting];
    waiting.clear();
    waiting.set(operation.annotationId, operation);
    for (const [annotationId, next] of later) waiting.set(annotationId, next);
  };

  return {
    put(operation) {
      waiting.set(operation.annotationId, operation);
      parts.onChange();
      if (!cancelRetry) flush();
    },
    retry() {
      backoff.reset();
      flush();
    },
    get size() {
      return waiting.size + (underWay ? 1 : 0);
    },
    pending: (annotationId) =>
      waiting.get(annotationId) ?? (underWay?.annotationId === annotationId ? underWay : undefined),
    operations: () => [...(underWay ? [underWay] : []), ...waiting.values()],
  };
}

/** The board's annotations of one target with the pending operations on top, oldest first, tombstones left out. */
export function visibleAnnotations(
  annotations: Iterable<Annotation>,
  operations: Operation[],
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
