import type { Texts } from '../texts.ts';
import type { firstTexts as zhCnFirstTexts } from '../zh-CN/first-texts.ts';
import { common } from './common.ts';
import { failures } from './failures.ts';
import { secondFactor } from './second-factor.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';
import { terms } from './terms.ts';

export const firstTexts: Texts<typeof zhCnFirstTexts> = {
  common,
  failures,
  terms,
  signIn,
  secondFactor,
  shell,
};
