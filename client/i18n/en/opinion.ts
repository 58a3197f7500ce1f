import type { Texts } from '../texts.ts';
import type { opinion as zh } from '../zh-CN/opinion.ts';

export const opinion: Texts<typeof zh> = {
  title: 'Opinion',
};
