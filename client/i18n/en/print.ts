import type { Texts } from '../texts.ts';
import type { print as zh } from '../zh-CN/print.ts';

export const print: Texts<typeof zh> = {
  title: 'Print',
};
