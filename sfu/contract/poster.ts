import { z } from 'zod';
import { TrackLabel } from '../../server/contract/hall.ts';
import { Id } from '../../server/contract/primitives.ts';
import { MediaSource } from './token.ts';

/** A picture over a line of 50 kbit/s has come within seven seconds, its voice beside it. */
export const MAX_POSTER_BYTES = 40_000;

/** One small picture of what a theatre sends, masked as it is sent, for whoever cannot see it move. JPEG. */
export const Poster = z.object({
  accountId: Id,
  source: MediaSource,
  label: TrackLabel.nullable(),
  inputId: Id.exactOptional(),
  /** The number of the last cut that its sender knew of when it was taken. */
  cutNumber: z.number().int().min(0),
  jpeg: z.base64().max(4 * Math.ceil(MAX_POSTER_BYTES / 3)),
});
export type Poster = z.infer<typeof Poster>;
export const FoundPoster = z.object({ poster: Poster.nullable() });
