import { z } from 'zod';
import { Instant } from './primitives.ts';

/**
 * The kinds of case. Each has its own states, rules and way to its report, in a folder of its own under `server/cases/kinds`.
 * - `video` (视频会诊): the report follows a meeting of the two sides in a call.
 * - `written` (图文会诊): the specialist answers from the record alone; a call is possible besides.
 */
export const CaseKind = z.enum(['video', 'written']);
export type CaseKind = z.infer<typeof CaseKind>;

export const Urgency = z.enum(['emergency', 'urgent', 'routine']);
export type Urgency = z.infer<typeof Urgency>;

/** What a case waits for. A window acts by this, and by `actions`; the name of the state is for reading. */
export const Awaiting = z.enum([
  /** It is being written and has gone to nobody yet. */
  'submission',
  'acceptance',
  /** It was sent back: the requester adds what was asked for. */
  'completion',
  'opinion',
  'signature',
  'acknowledgement',
  'nothing',
]);
export type Awaiting = z.infer<typeof Awaiting>;

/** Why a case does not go on, or not yet; the words of whoever stopped it stand in `reason`. */
export const Interruption = z.enum(['sent-back', 'turned-down', 'taken-back']);
export type Interruption = z.infer<typeof Interruption>;

/** Whether a meeting of the two sides in a call comes before the report, or is something that one may do besides. */
export const Meeting = z.enum(['needed', 'possible']);
export type Meeting = z.infer<typeof Meeting>;

/** One stop on the way of a case, in the order in which they are passed. */
export const CaseStop = z.object({
  name: z.enum([
    'created',
    'submitted',
    'supplement',
    'accepted',
    'consulted',
    'issued',
    'acknowledged',
    'declined',
    'cancelled',
  ]),
  at: Instant.nullable(),
  /** Who did it, by name. */
  by: z.string().nullable(),
  /** `stopped`: here it does not go on, or not yet. */
  status: z.enum(['done', 'now', 'ahead', 'stopped']),
});
export type CaseStop = z.infer<typeof CaseStop>;
