import { z } from 'zod';
import { PersonView } from './account.ts';
import { Question } from './asking.ts';
import { MaterialView, Target } from './picture-kinds.ts';
import { Id, Instant } from './primitives.ts';
import { ShownMark, TimedShowingEvent } from './showing.ts';

/*
 * What was shown, drawn, and pointed at beside a replay's picture and sound, by the server's clock. Nothing of it is filmed: windows draw
 * it anew from their own copies.
 */

const Stretch = z.object({ fromAt: Instant, toAt: Instant });

/** A material that was on everybody's screen. */
export const ReplayShown = Stretch.extend({ materialId: Id });
export type ReplayShown = z.infer<typeof ReplayShown>;

/** What of the theatre was cut off for everyone. */
export const ReplayCutOff = Stretch.extend({ picture: z.boolean(), sound: z.boolean() });
export type ReplayCutOff = z.infer<typeof ReplayCutOff>;

/** A still of the operation, taken then. */
export const ReplayStill = z.object({ materialId: Id, at: Instant, takenBy: PersonView.nullable() });
export type ReplayStill = z.infer<typeof ReplayStill>;

/** `by` null: unnamed, as the audience saw it. */
export const ReplayQuestion = Question.pick({ questionId: true, text: true, by: true, voteCount: true }).extend({
  /** Where the replay has it: when it first stood before everybody, else when it was asked. */
  at: Instant,
  isAnswered: z.boolean(),
});
export type ReplayQuestion = z.infer<typeof ReplayQuestion>;

export const ReplayTimeline = z.object({
  /** All that was shown and still may be. */
  pictures: z.array(MaterialView),
  shown: z.array(ReplayShown),
  stills: z.array(ReplayStill),
  cutOff: z.array(ReplayCutOff),
  questions: z.array(ReplayQuestion),
});
export type ReplayTimeline = z.infer<typeof ReplayTimeline>;

/** A picture that somebody marked while it was live, or a still that was taken then; without marks `target` is null. */
export const DemonstrationKeyImage = z.object({
  materialId: Id,
  target: Target.nullable(),
  isStill: z.boolean(),
  /** Of the last mark, else when the still was taken. */
  at: Instant,
  /** Who drew the marks, or took the still. */
  authors: z.array(PersonView),
  markIds: z.array(Id),
});
export type DemonstrationKeyImage = z.infer<typeof DemonstrationKeyImage>;

export const DemonstrationKeyImages = z.object({
  title: z.string(),
  pictures: z.array(MaterialView),
  /** The latest first. */
  keyImages: z.array(DemonstrationKeyImage),
  marks: z.array(ShownMark),
  mayWithdraw: z.boolean(),
});
export type DemonstrationKeyImages = z.infer<typeof DemonstrationKeyImages>;

/** So much of a replay's events is handed out at once. */
export const REPLAY_PART_MS = 60_000;

export const ReplayEventsQuery = z.object({ fromAt: Instant });

/** What is seen at any instant of the part, from its first on: by `showingAt`. */
export const ReplayEvents = Stretch.extend({
  events: z.array(TimedShowingEvent),
  /** Which pictures still may be seen. */
  pictureIds: z.array(Id),
});
export type ReplayEvents = z.infer<typeof ReplayEvents>;
