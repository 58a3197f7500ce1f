import { z } from 'zod';
import { PersonView } from './account.ts';
import { HallProgram, TrackRef } from './demonstration-live.ts';
import { HallSeat, RecordingFault } from './hall.ts';
import { Id, Instant } from './primitives.ts';
import { ReplayTimeline } from './replay-timeline.ts';

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

const Part = z.object({ fromAt: Instant, toAt: Instant });
const isForward = ({ fromAt, toAt }: z.infer<typeof Part>) => fromAt < toAt;
const BACKWARD = { error: 'ends before it begins', path: ['toAt'] };

/** A part of the demonstration, by the server's clock. */
export const ReplayPart = Part.refine(isForward, BACKWARD);
export type ReplayPart = z.infer<typeof ReplayPart>;
/** A part whose picture is black, whose sound is silent, or both. */
export const MaskedPart = Part.extend({ picture: z.boolean(), sound: z.boolean() })
  .refine(isForward, BACKWARD)
  .refine(({ picture, sound }) => picture || sound, { error: 'masks nothing', path: ['picture'] });
export type MaskedPart = z.infer<typeof MaskedPart>;
export const ReplayChapter = z.object({ at: Instant, title: z.string().trim().min(1).max(80) });
export type ReplayChapter = z.infer<typeof ReplayChapter>;

/** What is decided of a replay while it is looked through: parts and questions that nobody is shown, parts that are black or silent, and chapters. */
export const ReplayDraft = z.object({
  cutParts: z.array(ReplayPart).max(100),
  maskedParts: z.array(MaskedPart).max(100),
  leftOutQuestions: z.array(Id).max(500),
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

/** A demonstration as it can be seen again. Parts and questions that were left out are named to those alone who look it through. */
export const ReplayView = z.object({
  title: z.string(),
  version: z.int(),
  isPublished: z.boolean(),
  /** The caller may change cuts and chapters; publish it; take it back. */
  mayEdit: z.boolean(),
  mayPublish: z.boolean(),
  mayRetire: z.boolean(),
  /** Take off a picture on which somebody is named after all. */
  mayWithdraw: z.boolean(),
  fromAt: Instant,
  toAt: Instant,
  tracks: z.array(ReplayTrack),
  /** Whose tracks they are, and who presented or marked pictures. */
  people: z.array(PersonView),
  /** What was on air from when on. */
  programs: z.array(z.object({ at: Instant, program: HallProgram })),
  chapters: z.array(ReplayChapter),
  cutParts: z.array(ReplayPart),
  /** Named to everybody: that is why it is black there, or silent. */
  maskedParts: z.array(MaskedPart),
  leftOutQuestions: z.array(Id),
  timeline: ReplayTimeline,
  openedBy: PersonView.nullable(),
  publishedBy: PersonView.nullable(),
  publishedAt: Instant.nullable(),
  /** Drawn over the picture: who looks at it, and since when. */
  watermark: z.string(),
});
export type ReplayView = z.infer<typeof ReplayView>;
