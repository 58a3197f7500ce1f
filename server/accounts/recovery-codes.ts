import { normalizeTyped, randomLetters } from './typed-letters.ts';

/** As many as people print on a slip; each is good once. */
export const RECOVERY_CODES = 10;
/** 50 random bits: nobody guesses one in five tries, and the hash that is kept is keyed. */
const CODE_LETTERS = 10;

export function makeRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => randomLetters(CODE_LETTERS));
}

/** As it is printed. */
export function toPrinted(code: string): string {
  return code.replace(/.{5}(?=.)/g, '$&-');
}

/** @param typed in any case, with or without its hyphen. */
export function readRecoveryCode(typed: string): string {
  return normalizeTyped(typed);
}
