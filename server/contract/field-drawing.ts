import { z } from 'zod';
import { TrackRef } from './demonstration-live.ts';
import { Id } from './primitives.ts';

/*
 * What is drawn on a live picture of a demonstration, shown over everyone's own copy of it. Nothing of it lies in the picture.
 */

/** Parts of the picture's width and height from its upper left corner, whatever size of it somebody receives. */
export const FieldPoint = z.object({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) });
export type FieldPoint = z.infer<typeof FieldPoint>;

/** An `arrow` has two points, tail and head. */
export const FieldShape = z.enum(['stroke', 'arrow']);
export type FieldShape = z.infer<typeof FieldShape>;

export const MAX_STROKE_POINTS = 2000;

/** A piece of one, as the hand moves: its points from number `from` on, in the place of those that were there. */
const MAX_PIECE_POINTS = 200;
export const FieldDrawInput = z.object({
  demonstrationId: Id,
  strokeId: Id,
  track: TrackRef,
  shape: FieldShape,
  from: z.int().min(0).max(MAX_STROKE_POINTS),
  points: z.array(FieldPoint).min(1).max(MAX_PIECE_POINTS),
});
export type FieldDrawInput = z.infer<typeof FieldDrawInput>;

/** As all windows are told it. */
export const FieldDrawn = FieldDrawInput.extend({ accountId: Id, name: z.string() });
export type FieldDrawn = z.infer<typeof FieldDrawn>;

/** A whole one, for whoever comes in: `ageMs` since its last piece. */
export const FieldStrokeView = FieldDrawn.omit({ from: true }).extend({ ageMs: z.number().min(0) });
export type FieldStrokeView = z.infer<typeof FieldStrokeView>;

/** A whole one. It fades so long after its last piece: the field has moved on. */
export interface FieldStroke extends Omit<FieldDrawn, 'from'> {
  /** Of its last piece, milliseconds. */
  drawnAtMs: number;
}
export const FADES_AFTER_MS = 10_000;

/** The strokes with one more piece, those that have faded left out. @param nowMs when it came */
export function withPiece(
  strokes: readonly FieldStroke[],
  { from, points, ...piece }: FieldDrawn,
  nowMs: number,
): FieldStroke[] {
  const before = strokes.find(({ strokeId }) => strokeId === piece.strokeId);
  const known = before?.accountId === piece.accountId ? before.points.slice(0, from) : [];
  // Whose it is nobody else changes.
  if (before && before.accountId !== piece.accountId) return [...strokes];
  const whole = { ...piece, points: [...known, ...points].slice(0, MAX_STROKE_POINTS), drawnAtMs: nowMs };
  return [...unfaded(strokes, nowMs).filter(({ strokeId }) => strokeId !== piece.strokeId), whole];
}

/** Two pieces of a stroke that came one after the other, as one; undefined where that would be another stroke, or too large a piece. */
export function joinedPieces(before: FieldDrawn, next: FieldDrawn): FieldDrawn | undefined {
  const known = next.from - before.from;
  const isNext = before.strokeId === next.strokeId && before.accountId === next.accountId;
  if (!isNext || known < 0 || known > before.points.length) return undefined;
  const points = [...before.points.slice(0, known), ...next.points];
  return points.length > MAX_PIECE_POINTS ? undefined : { ...next, from: before.from, points };
}

export const unfaded = (strokes: readonly FieldStroke[], nowMs: number): FieldStroke[] =>
  strokes.filter(({ drawnAtMs }) => nowMs - drawnAtMs < FADES_AFTER_MS);
