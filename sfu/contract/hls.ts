import { z } from 'zod';
import { HallProgram } from '../../server/contract/demonstration-live.ts';
import { Instant } from '../../server/contract/primitives.ts';

/** What is to be shown of a hall to those whom no media reaches. Whoever orders it goes on ordering: it ends by itself. */
export const HlsOrder = z.object({
  program: HallProgram,
  /** Of what others may see: another one than in the order before, and nothing is handed out of what was made until now. A server of the last release does not say. */
  since: Instant.nullable().optional(),
});
export type HlsOrder = z.infer<typeof HlsOrder>;

/** How a fragment may be called: its stream, and `init` or its number. */
export const HlsName = z.string().regex(/^[a-z0-9]{1,20}-(init\.mp4|\d{1,10}\.m4s)$/);

/** The newest fragments, the oldest first; none while it is being made, or after a cut. */
export const HlsState = z.object({
  initName: HlsName.nullable(),
  /** Grows with each stream of a hall: players tell by it that clocks begin anew. */
  streamNumber: z.number().int().min(0),
  fragmentMs: z.number().int().positive(),
  /** Why it cannot be made here at all. An sfu of the last release does not say. */
  fault: z.enum(['no-ffmpeg']).nullable().default(null),
  /** From this one on fragments can be had, as far as there are any: of those who have an older list, too. An sfu of the last release does not say. */
  oldestNumber: z.number().int().min(0).default(0),
  fragments: z.array(
    z.object({
      name: HlsName,
      /** Never falls, over all streams of a hall. */
      number: z.number().int().min(0),
      beganAt: Instant,
    }),
  ),
});
export type HlsState = z.infer<typeof HlsState>;
