import type { Texts } from '../texts.ts';
import type { review as zh } from '../zh-CN/review.ts';

export const review: Texts<typeof zh> = {
  title: 'Shared review',
};
