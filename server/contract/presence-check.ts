import { z } from 'zod';
import { Id, Instant } from './primitives.ts';

/** Asks whoever watches whether they are there. Twice an hour, unannounced. */
export const PresenceCheckAsked = z.object({ demonstrationId: Id, checkId: Id, answerBy: Instant });
export type PresenceCheckAsked = z.infer<typeof PresenceCheckAsked>;
