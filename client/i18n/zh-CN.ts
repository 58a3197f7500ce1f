import { firstTexts } from './zh-CN/first-texts.ts';
import { otherTexts } from './zh-CN/other-texts.ts';

/** All texts: what keys there are, and what a test looks for. Pages get them in two parts, see i18n.ts. */
export const zhCn = { ...firstTexts, ...otherTexts };
