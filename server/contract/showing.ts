import { z } from 'zod';
import { PersonView } from './account.ts';
import { FieldDrawn, FieldStrokeView } from './field-drawing.ts';
import { Point } from './picture.ts';
import { MaterialView, Target, Viewport } from './picture-kinds.ts';
import { Id, Instant } from './primitives.ts';
import { BoardAnnotation, Presenter, Shape } from './review.ts';

/*
 * What is shown of a demonstration's pictures beside its sound and video: one presents, every window draws the same from its own copy.
 * Materials name nobody here: neither patients nor what files and series are called.
 */

const inDemonstration = z.object({ demonstrationId: Id });

/** A mark on a shown picture. It belongs to the demonstration, not to the board of the patient's case. */
export const ShownMark = BoardAnnotation.omit({ consultationId: true }).extend({ demonstrationId: Id });
export type ShownMark = z.infer<typeof ShownMark>;

/** What is shown now. `material` null: nothing. `named`: who may show besides those whose part in it lets them. */
export const ShowingView = z.object({
  material: MaterialView.nullable(),
  presenter: Presenter.nullable(),
  named: z.array(PersonView),
  /** Rises with each change: of two answers the higher one holds. */
  version: z.int(),
  /** What may be shown, seen or not: whatever else a window holds of it is to go. */
  showable: z.array(Id),
});
export type ShowingView = z.infer<typeof ShowingView>;

/** For whoever comes in, or comes back after an outage: marks above `sinceRevision`. */
export const ShowingSnapshot = ShowingView.extend({
  peerId: z.string(),
  /** This person may present, point and draw. */
  mayShow: z.boolean(),
  /** What can be shown; to those who only watch what is shown. */
  pictures: z.array(MaterialView),
  viewport: Viewport.nullable(),
  revision: z.number().int(),
  marks: z.array(ShownMark),
  /** On the live pictures. */
  strokes: z.array(FieldStrokeView),
});
export type ShowingSnapshot = z.infer<typeof ShowingSnapshot>;

/** `marks`: on the picture that is shown, those taken away too; of others those who only watch hear nothing. */
export const ShowingChanged = inDemonstration.extend({ ...ShowingView.shape, marks: z.array(ShownMark) });

export const ShowingOpen = inDemonstration.extend({ sinceRevision: z.number().int().min(0) });
export const ShowingMove = inDemonstration.extend({ viewport: Viewport });
/** `point` null: it left the picture. */
export const ShowingPoint = inDemonstration.extend({ target: Target, point: Point.nullable() });
export type ShowingPoint = z.infer<typeof ShowingPoint>;
/** `mark` null: it is taken away. `actId`: sent again, it is done once. */
export const ShowingMarkInput = inDemonstration.extend({
  annotationId: Id,
  mark: z.object({ target: Target, shape: Shape }).nullable(),
  actId: Id,
});
export type ShowingMarkInput = z.infer<typeof ShowingMarkInput>;
export const ShowingStep = inDemonstration.extend({ actId: Id, direction: z.enum(['undo', 'redo']) });
export type ShowingStep = z.infer<typeof ShowingStep>;

export const ShownPointer = z.object({
  peerId: z.string(),
  accountId: Id,
  name: z.string(),
  target: Target,
  point: Point.nullable(),
});
export type ShownPointer = z.infer<typeof ShownPointer>;

/** What happened, as windows were told it. All of them in their order draw anew what was seen at any instant: {@link showingAt}. */
export const ShowingEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('picture'), materialId: Id.nullable() }),
  z.object({ kind: z.literal('presenter'), accountId: Id.nullable() }),
  z.object({ kind: z.literal('viewport'), viewport: Viewport }),
  z.object({ kind: z.literal('pointers'), pointers: z.array(ShownPointer) }),
  z.object({ kind: z.literal('field'), piece: FieldDrawn }),
  z.object({ kind: z.literal('field-cleared') }),
  z.object({ kind: z.literal('mark'), mark: ShownMark.omit({ authorName: true, changedByName: true }) }),
  /** What of the theatre is cut off for everyone. */
  z.object({ kind: z.literal('cut'), picture: z.boolean(), sound: z.boolean() }),
  /** Which question stands before everybody. */
  z.object({ kind: z.literal('question'), questionId: Id.nullable() }),
]);
export type ShowingEvent = z.infer<typeof ShowingEvent>;

/** `at`: by the server's clock. */
export const TimedShowingEvent = z.object({ at: Instant, event: ShowingEvent });
export type TimedShowingEvent = z.infer<typeof TimedShowingEvent>;
