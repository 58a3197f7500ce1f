import { z } from 'zod';
import { DicomUid, Id, Instant } from './primitives.ts';

/** A point in the picture's own coordinates. Imaging: pixels, (0,0) is the outer corner of the first pixel, x to the right, y down. */
export const Point = z.object({ x: z.number(), y: z.number() });
export type Point = z.infer<typeof Point>;

export const ImagingTarget = z.object({
  kind: z.literal('imaging'),
  studyInstanceUid: DicomUid,
  seriesInstanceUid: DicomUid,
  sopInstanceUid: DicomUid,
  /** Frame number from 1, as PS3.18 counts. */
  frame: z.number().int().min(1),
});
export type ImagingTarget = z.infer<typeof ImagingTarget>;

/** Which picture. A further kind of picture adds its target here. */
export const Target = z.discriminatedUnion('kind', [ImagingTarget]);
export type Target = z.infer<typeof Target>;

export const VoiFunction = z.enum(['LINEAR', 'LINEAR_EXACT', 'SIGMOID']);
export type VoiFunction = z.infer<typeof VoiFunction>;

/** What part of a picture is shown and how, free of any screen: two windows of different size show the same thing. */
export const ImagingViewport = z.object({
  target: ImagingTarget,
  /** The image point in the middle of the window. */
  center: Point,
  /** Image pixels from the window's top to its bottom: the zoom. */
  imagePixelsPerScreenHeight: z.number().positive().max(1e6),
  /** Degrees clockwise: 0, 90, 180 or 270. */
  rotation: z.number().min(0).lt(360),
  flipHorizontal: z.boolean(),
  flipVertical: z.boolean(),
  /** In output units of the modality LUT (HU for CT). null: as the image itself says. */
  voi: z.object({ center: z.number(), width: z.number().positive(), function: VoiFunction }).nullable(),
  invert: z.boolean(),
});
export type ImagingViewport = z.infer<typeof ImagingViewport>;

/** A further kind of picture adds its viewport here. */
export const Viewport = ImagingViewport;
export type Viewport = z.infer<typeof Viewport>;

/** Drawn on a picture, in its coordinates. Values (mm, HU) are computed from the shape and the picture wherever they are shown, never sent. */
export const Shape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('length'), start: Point, end: Point }),
  z.object({ kind: z.literal('angle'), start: Point, vertex: Point, end: Point }),
  /** Axes parallel to the image's; the two corners of its bounding rectangle. */
  z.object({ kind: z.literal('ellipse'), start: Point, end: Point }),
  /** Points from `tail` (where the text stands) to `head`. */
  z.object({ kind: z.literal('arrow'), tail: Point, head: Point, text: z.string().max(200) }),
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

export const AnnotationPut = z.object({ consultationId: Id, annotationId: Id, target: Target, shape: Shape });
export type AnnotationPut = z.infer<typeof AnnotationPut>;
export const AnnotationDelete = z.object({ consultationId: Id, annotationId: Id });
export type AnnotationDelete = z.infer<typeof AnnotationDelete>;

/** How much of the picture under review a person's screen has: nothing yet, a lossy preview, or the stored pixels themselves. */
export const Quality = z.object({
  target: Target,
  state: z.enum(['loading', 'preview', 'full', 'failed']),
  /** Frames of the series that are there at full quality, and how many it has. */
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
  annotations: z.array(Annotation),
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
