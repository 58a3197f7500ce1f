import type { Texts } from '../texts.ts';
import type { report as zh } from '../zh-CN/report.ts';

export const report: Texts<typeof zh> = {
  title: 'Report',
};
