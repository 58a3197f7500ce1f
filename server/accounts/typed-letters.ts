import { randomBytes } from 'node:crypto';

/** Crockford's base 32: what can be taken for each other on paper is the same letter. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 5 random bits a letter. */
export function randomLetters(count: number): string {
  // 256 is a multiple of 32: every letter is as likely as the others.
  return [...randomBytes(count)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
}

/** What was typed from a slip, in any case, with or without hyphens, as it was made. */
export function normalizeTyped(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
}
