import { chinaDate } from '../patients/china-date.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MODULUS = ALPHABET.length;

/**
 * The check character of ISO 7064 MOD 37,36 over digits and capital letters: finds every single wrong character and
 * nearly every swapped pair, since case numbers are read out on the telephone.
 */
export function checkCharacter(text: string): string {
  let product = MODULUS;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) throw new Error(`no check character over ${JSON.stringify(character)}`);
    const sum = (product + value) % MODULUS || MODULUS;
    product = (sum * 2) % (MODULUS + 1);
  }
  return ALPHABET.charAt((MODULUS + 1 - product) % MODULUS);
}

/** The series that a case's running number comes from: a region's day. The number names no facility, so its facilities share one. */
export function caseSeries(region6: string, at: Date): string {
  return `${region6}/${chinaDate(at).replaceAll('-', '')}`;
}

/** `HZ-{region6}-{yyyyMMdd}-{sequence, 5 digits}{check}`. HZ: consultation (会诊). */
export function caseNumber(region6: string, at: Date, sequence: number): string {
  const day = chinaDate(at).replaceAll('-', '');
  const running = String(sequence).padStart(5, '0');
  return `HZ-${region6}-${day}-${running}${checkCharacter(`HZ${region6}${day}${running}`)}`;
}
