import type { Texts } from '../texts.ts';
import type { call as zh } from '../zh-CN/call.ts';

export const call: Texts<typeof zh> = {
  title: 'Consultation room',
};
