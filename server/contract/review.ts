import { z } from 'zod';
import { Point } from './picture.ts';
import { Target, Viewport } from './picture-kinds.ts';
import { Id, Instant } from './primitives.ts';

/** Where the middle of the label was put by hand; left out: each screen finds a place for it. */
const labelled = { labelAt: Point.optional() };

/** Drawn on a picture, in its coordinates. Values (mm, HU) are computed from the shape and the picture wherever they are shown, never sent. */
export const Shape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('length'), start: Point, end: Point, ...labelled }),
  z.object({ kind: z.literal('angle'), start: Point, vertex: Point, end: Point, ...labelled }),
  /** Axes parallel to the image's; the two corners of its bounding rectangle. */
  z.object({ kind: z.literal('ellipse'), start: Point, end: Point, ...labelled }),
  /** Closed by itself: the last point is joined to the first. */
  z.object({ kind: z.literal('polygon'), points: z.array(Point).min(3).max(500), ...labelled }),
  /** An interval and a voltage on one lead of an ECG. `march`: the interval is laid on again and again, both ways. */
  z.object({ kind: z.literal('caliper'), start: Point, end: Point, march: z.boolean(), ...labelled }),
  /** QT on one lead: from one QRS onset to the next (RR), and from that to the end of T. */
  z.object({ kind: z.literal('qt'), previousOnset: Point, onset: Point, tEnd: Point, ...labelled }),
  /** Points from `tail` (where the text stands) to `head`. */
  z.object({ kind: z.literal('arrow'), tail: Point, head: Point, text: z.string().max(200), ...labelled }),
]);
export type Shape = z.infer<typeof Shape>;

export const Annotation = z.object({
  annotationId: Id,
  consultationId: Id,
  target: Target,
  /** null: deleted; the tombstone keeps its revision so that a late joiner learns of it. */
  shape: Shape.nullable(),
  /** Assigned by the server, rising over the whole board. */
  revision: z.number().int(),
  authorId: Id,
  authorName: z.string(),
  changedAt: Instant,
});
export type Annotation = z.infer<typeof Annotation>;

/** An annotation on the shared board; `changedById`: who made its last change, which may be its deletion by whoever presents. */
export const BoardAnnotation = Annotation.extend({ changedById: Id, changedByName: z.string() });
export type BoardAnnotation = z.infer<typeof BoardAnnotation>;

/** `actId`: the sender's name for this act, by which it can be taken back; sent again, it is done once. */
export const AnnotationPut = z.object({
  consultationId: Id,
  annotationId: Id,
  target: Target,
  shape: Shape,
  actId: Id.optional(),
});
export type AnnotationPut = z.infer<typeof AnnotationPut>;
export const AnnotationDelete = z.object({ consultationId: Id, annotationId: Id, actId: Id.optional() });
export type AnnotationDelete = z.infer<typeof AnnotationDelete>;
/** Takes one of the sender's own acts back, or does it again. */
export const AnnotationStep = z.object({ consultationId: Id, actId: Id });
export type AnnotationStep = z.infer<typeof AnnotationStep>;

/** What one person did to one annotation: what it was, and what it became (null: not there). */
export const Act = z.object({
  actId: Id,
  annotationId: Id,
  target: Target,
  before: Shape.nullable(),
  after: Shape.nullable(),
  /** Whose annotation it is: somebody else's where it was deleted by whoever presents. */
  authorId: Id,
  authorName: z.string(),
  undone: z.boolean(),
});
export type Act = z.infer<typeof Act>;

/** The same shape, whatever the order in which its fields were written. */
export function isSameShape(one: Shape | null, other: Shape | null): boolean {
  return ordered(one) === ordered(other);
}

function ordered(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** How much of the picture under review a person's screen has: nothing yet, a lossy preview, or the stored pixels themselves. */
export const Quality = z.object({
  target: Target,
  state: z.enum(['loading', 'preview', 'full', 'failed']),
  /** Frames of the series (tiles of the view) that are there at full quality, and how many it has. */
  loadedFrames: z.number().int().min(0),
  totalFrames: z.number().int().min(0),
});
export type Quality = z.infer<typeof Quality>;

/** One open window of one person in the shared review. */
export const ReviewPeer = z.object({
  peerId: z.string(),
  accountId: Id,
  name: z.string(),
  facilityName: z.string(),
  quality: Quality.nullable(),
});
export type ReviewPeer = z.infer<typeof ReviewPeer>;

export const Presenter = z.object({ accountId: Id, name: z.string(), peerId: z.string().nullable() });
export type Presenter = z.infer<typeof Presenter>;

/** All of a review's state for whoever enters, or heals after an outage: annotations with a revision above `sinceRevision`. */
export const ReviewSnapshot = z.object({
  peerId: z.string(),
  presenter: Presenter.nullable(),
  viewport: Viewport.nullable(),
  peers: z.array(ReviewPeer),
  revision: z.number().int(),
  annotations: z.array(BoardAnnotation),
  /** One's own last acts, oldest first. */
  acts: z.array(Act),
});
export type ReviewSnapshot = z.infer<typeof ReviewSnapshot>;

export const PointerMove = z.object({
  consultationId: Id,
  target: Target,
  /** null: the pointer left the picture. */ point: Point.nullable(),
});
export type PointerMove = z.infer<typeof PointerMove>;
export const PointerMoved = PointerMove.extend({ peerId: z.string(), accountId: Id, name: z.string() });
export type PointerMoved = z.infer<typeof PointerMoved>;
