import type { Texts } from '../texts.ts';
import type { newCase as zh } from '../zh-CN/new-case.ts';

export const newCase: Texts<typeof zh> = {
  title: 'New consultation',
};
