import { firstTexts } from './en/first-texts.ts';
import { otherTexts } from './en/other-texts.ts';
import type { Texts } from './texts.ts';
import type { zhCn } from './zh-CN.ts';

export const en: Texts<typeof zhCn> = { ...firstTexts, ...otherTexts };
