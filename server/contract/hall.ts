import { z } from 'zod';

/*
 * What server, sfu and client say alike of a hall: the room in which a surgical demonstration's sound and picture meet.
 */

/**
 * What a track shows. `audio` is a voice, `video` a camera on a person, `screen` a shared screen; of an operating theatre besides: `field` the
 * field of the operation, `room` the whole room, `device` an endoscope, a monitor or a C-arm.
 */
export const MediaSource = z.enum(['audio', 'video', 'screen', 'field', 'room', 'device']);
export type MediaSource = z.infer<typeof MediaSource>;

/** What tells several tracks of one peer apart for those who choose between them, e.g. the name of a device. */
export const TrackLabel = z.string().trim().min(1).max(60);

/** Where a person sits in a hall: the operating theatre, the stage beside it, among those who watch, or as the patient's advocate. */
export const HallSeat = z.enum(['theatre', 'stage', 'audience', 'advocate']);
export type HallSeat = z.infer<typeof HallSeat>;

/** What of the theatre: its pictures, its sound or both. */
export const CutInput = z.object({ picture: z.boolean(), sound: z.boolean() });
export type CutInput = z.infer<typeof CutInput>;

/** What of the theatre reaches nobody. `number` counts the cuts: whoever ends one says which. */
export const CutState = CutInput.extend({ number: z.number().int().min(0) });
export type CutState = z.infer<typeof CutState>;

/** `number`: the last cut that whoever ends it knows of. */
export const ResumeInput = CutInput.extend({ number: CutState.shape.number });
export type ResumeInput = z.infer<typeof ResumeInput>;

/** Why nothing is recorded although it was ordered: the disk has no room, its folder cannot be written, or there is no ffmpeg. */
export const RecordingFault = z.enum(['disk-full', 'no-folder', 'no-ffmpeg']);
export type RecordingFault = z.infer<typeof RecordingFault>;
