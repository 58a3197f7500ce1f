import { z } from 'zod';
import { FAILURE_CODES, FAILURE_REASONS } from './failure.ts';

/** What crosses the wire when something fails. `message` is for engineers; people read the reason's sentence. */
export const FailureView = z.object({
  code: z.enum(FAILURE_CODES),
  reason: z.enum(FAILURE_REASONS).optional(),
  message: z.string(),
  /** Paths of the fields at fault, e.g. `patient.idNumber`. */
  fields: z.array(z.string()).optional(),
  /** Seconds to wait before trying again. */
  retryAfterS: z.number().optional(),
  requestId: z.string(),
});
export type FailureView = z.infer<typeof FailureView>;
