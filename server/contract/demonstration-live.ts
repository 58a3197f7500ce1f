import { z } from 'zod';
import { PersonView } from './account.ts';
import { CallTicket } from './call.ts';
import { CutInput, CutState, HallSeat, MediaSource, RecordingFault, TrackLabel } from './hall.ts';
import { Id, Instant } from './primitives.ts';

/** All a browser needs to enter the hall of a demonstration, and where the person sits in it. The room's id is the demonstration's. */
export const HallTicket = CallTicket.extend({
  seat: HallSeat,
  /** May cut the theatre's picture and sound for everyone, and end a cut. */
  mayCut: z.boolean(),
});
export type HallTicket = z.infer<typeof HallTicket>;

/** `unreached`: the `sfuUrl` of the last ticket, which this window could not get through to: of several sfus another one is chosen. */
export const HallTicketInput = z.object({ unreached: z.string().max(300).exactOptional() });
export type HallTicketInput = z.infer<typeof HallTicketInput>;

/**
 * Names a track by whose it is, so that it is found again after its window has come back. What a theatre sends has the id of its input; `label` is
 * how it was called, which may change.
 */
export const TrackRef = z.object({
  accountId: Id,
  source: MediaSource,
  label: TrackLabel.nullable(),
  inputId: Id.exactOptional(),
});
export type TrackRef = z.infer<typeof TrackRef>;

/** Whether both name the same track. Where one of them has no id (of a camera of the stage, or from before there were any) the label decides. */
export function isSameTrack(one: TrackRef, other: TrackRef): boolean {
  if (one.accountId !== other.accountId || one.source !== other.source) return false;
  if (one.inputId !== undefined && other.inputId !== undefined) return one.inputId === other.inputId;
  return one.label === other.label;
}

export const ProgramLayout = z.enum(['single', 'picture-in-picture', 'side-by-side']);
export type ProgramLayout = z.infer<typeof ProgramLayout>;

/** What the moderator has on air. `main` null: nothing yet; of `single` there is no second. */
export const HallProgram = z.object({
  layout: ProgramLayout,
  main: TrackRef.nullable(),
  second: TrackRef.nullable(),
});
export type HallProgram = z.infer<typeof HallProgram>;

/** Somebody of the audience who may speak, and with `video` be seen. */
export const VoiceInput = z.object({
  sources: z
    .array(z.enum(['audio', 'video']))
    .min(1)
    .max(2)
    .refine((sources) => sources.includes('audio'), 'without a voice nobody is given the word'),
});
export type VoiceInput = z.infer<typeof VoiceInput>;

export const VoiceView = z.object({
  person: PersonView,
  sources: VoiceInput.shape.sources,
  givenAt: Instant,
});
export type VoiceView = z.infer<typeof VoiceView>;

/** How many of the audience have the word at a time. */
export const MAX_VOICES = 6;

/** How it stands in the hall. Who may enter it now sees this; to theatre and stage it is there before, for the rehearsal. */
export const DemonstrationLive = z.object({
  /** null: it is rehearsed. */
  beganAt: Instant.nullable(),
  program: HallProgram,
  /** As the server knows it; whoever is in the hall hears it from the sfu at once. */
  cut: CutState,
  /** What of it the sfu has not heard of: whoever sends it holds it back, whoever receives it does not show it. */
  untoldCut: CutInput.nullable(),
  voices: z.array(VoiceView),
  /** Sound and picture are being recorded, which a sign shows. */
  isRecorded: z.boolean(),
  /** Why it is not, where it was to be. */
  recordingFault: RecordingFault.nullable(),
});
export type DemonstrationLive = z.infer<typeof DemonstrationLive>;

const Fraction = z.number().min(0).max(1);

/** What a theatre's page sends, and what of it is masked, in fractions of the picture: kept in the audit trail alone. */
export const TheatreArrangement = z.object({
  inputs: z
    .array(
      z.object({
        inputId: Id,
        source: MediaSource,
        isOn: z.boolean(),
        zones: z.array(z.object({ x: Fraction, y: Fraction, width: Fraction, height: Fraction })).max(8),
      }),
    )
    .max(8),
});
export type TheatreArrangement = z.infer<typeof TheatreArrangement>;
