import { type Diagnosis, Icd10Code } from '../../server/contract/diagnosis.ts';

const MAX_LENGTH = 200;

/**
 * What was typed, taken as it is: text alone, or `J18.9 社区获得性肺炎`, a code and its name. Full-width letters and a small first
 * letter of a code are taken. undefined for nothing, and for a code whose name is still to come.
 */
export function readFreeEntry(typed: string): Diagnosis | undefined {
  const text = typed.normalize('NFKC').trim();
  const [, head = '', display = ''] = /^(\S+)\s*(.*)$/.exec(text) ?? [];
  const code = head.charAt(0).toUpperCase() + head.slice(1).replace(/X(?=\d{3}$)/, 'x');
  const name = display.trim().slice(0, MAX_LENGTH);
  if (Icd10Code.safeParse(code).success) return name === '' ? undefined : { code, display: name };
  return text === '' ? undefined : { code: '', display: typed.trim().slice(0, MAX_LENGTH) };
}

/** Chinese text is a diagnosis as it stands; letters may be pinyin on the way to one. */
export function isDiagnosisText(typed: string): boolean {
  return /\p{Script=Han}/u.test(typed);
}
