import { z } from 'zod';
import { PersonView } from './account.ts';
import { HallProgram, TrackRef } from './demonstration-live.ts';
import { HallSeat, RecordingFault } from './hall.ts';
import { Id, Instant } from './primitives.ts';

/** How recording stands, to whoever may begin or end it. */
export const RecordingView = z.object({
  recordingId: Id,
  startedAt: Instant,
  /** null: it goes on. */
  stoppedAt: Instant.nullable(),
  /** Why nothing is kept although it goes on; begun again once that is mended. */
  fault: RecordingFault.nullable(),
});
export type RecordingView = z.infer<typeof RecordingView>;

/** A part of the demonstration, by the server's clock. */
export const ReplayPart = z
  .object({ fromAt: Instant, toAt: Instant })
  .refine(({ fromAt, toAt }) => fromAt < toAt, { error: 'ends before it begins', path: ['toAt'] });
export type ReplayPart = z.infer<typeof ReplayPart>;
export const ReplayChapter = z.object({ at: Instant, title: z.string().trim().min(1).max(80) });
export type ReplayChapter = z.infer<typeof ReplayChapter>;

/** What is typed of a replay while it is looked through: parts that nobody is shown, and chapters. */
export const ReplayDraft = z.object({
  cutParts: z.array(ReplayPart).max(100),
  chapters: z.array(ReplayChapter).max(100),
});
export type ReplayDraft = z.infer<typeof ReplayDraft>;
export const ReplaySaveInput = ReplayDraft.extend({ version: z.int() });
export type ReplaySaveInput = z.infer<typeof ReplaySaveInput>;

/** What flowed of a track without a pause. Its first packet came at `startedAt`; segments count from there. */
export const ReplayTake = z.object({
  takeId: z.string(),
  startedAt: Instant,
  /** Number of the segment's file, first and last millisecond within the take. */
  segments: z.array(z.tuple([z.int(), z.int(), z.int()])),
});
export type ReplayTake = z.infer<typeof ReplayTake>;

export const ReplayTrack = z.object({
  recordingId: Id,
  trackId: Id,
  ref: TrackRef,
  seat: HallSeat,
  kind: z.enum(['audio', 'video']),
  /** What a browser is told of the segments, e.g. `video/webm; codecs="vp8"`. */
  mediaType: z.string(),
  /** Of a segment's file name. */
  extension: z.enum(['webm', 'mp4']),
  takes: z.array(ReplayTake),
});
export type ReplayTrack = z.infer<typeof ReplayTrack>;

/** A demonstration as it can be seen again. Parts that were cut out are named to those alone who look it through. */
export const ReplayView = z.object({
  title: z.string(),
  version: z.int(),
  isPublished: z.boolean(),
  /** The caller may change cuts and chapters; publish it; take it back. */
  mayEdit: z.boolean(),
  mayPublish: z.boolean(),
  mayRetire: z.boolean(),
  fromAt: Instant,
  toAt: Instant,
  tracks: z.array(ReplayTrack),
  /** Whose tracks they are. */
  people: z.array(PersonView),
  /** What was on air from when on. */
  programs: z.array(z.object({ at: Instant, program: HallProgram })),
  chapters: z.array(ReplayChapter),
  cutParts: z.array(ReplayPart),
  openedBy: PersonView.nullable(),
  publishedBy: PersonView.nullable(),
  publishedAt: Instant.nullable(),
  /** Drawn over the picture: who looks at it, and since when. */
  watermark: z.string(),
});
export type ReplayView = z.infer<typeof ReplayView>;
