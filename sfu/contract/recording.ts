import { z } from 'zod';
import { RecordingFault } from '../../server/contract/hall.ts';
import { Id } from '../../server/contract/primitives.ts';
import { MediaSource } from './token.ts';

/** What the server wants recorded of a hall. */
export const RecordingOrder = z.object({
  recordingId: Id,
  sources: z.array(MediaSource).min(1).max(MediaSource.options.length),
});
export type RecordingOrder = z.infer<typeof RecordingOrder>;

/** The recording of a hall, as it stands. */
export const RecordingState = z.object({ recordingId: Id, fault: RecordingFault.nullable() });
export type RecordingState = z.infer<typeof RecordingState>;

/** What everybody in a hall is told of it: whether what they see and hear is being kept. */
export const RecordingSign = z.enum(['off', 'on', 'failed']);
export type RecordingSign = z.infer<typeof RecordingSign>;
