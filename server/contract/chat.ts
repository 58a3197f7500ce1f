import { z } from 'zod';
import { Id, Instant } from './primitives.ts';

export const ChatMessage = z.object({
  /** Chosen by the sender, so that a message sent twice over a bad line is kept once. */
  messageId: Id,
  consultationId: Id,
  /** Order within the case, from 1. */
  sequence: z.number().int(),
  authorId: Id,
  authorName: z.string(),
  text: z.string(),
  postedAt: Instant,
});
export type ChatMessage = z.infer<typeof ChatMessage>;

export const ChatPost = z.object({ consultationId: Id, messageId: Id, text: z.string().trim().min(1).max(2000) });
export type ChatPost = z.infer<typeof ChatPost>;

export const ChatSince = z.object({ consultationId: Id, afterSequence: z.number().int().min(0) });
export type ChatSince = z.infer<typeof ChatSince>;
