import { common } from './common.ts';
import { failures } from './failures.ts';
import { secondFactor } from './second-factor.ts';
import { shell } from './shell.ts';
import { signIn } from './sign-in.ts';
import { terms } from './terms.ts';

/** What stands on the sign-in page, and around every other one: all that is loaded before anybody is signed in. */
export const firstTexts = {
  common,
  failures,
  terms,
  signIn,
  secondFactor,
  shell,
};
