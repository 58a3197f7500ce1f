import type { Texts } from '../texts.ts';
import type { uploads as zh } from '../zh-CN/uploads.ts';

export const uploads: Texts<typeof zh> = {
  title: 'Uploads',
};
