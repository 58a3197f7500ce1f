import type { Texts } from '../texts.ts';
import type { imaging as zh } from '../zh-CN/imaging.ts';

export const imaging: Texts<typeof zh> = {
  title: 'Images',
};
