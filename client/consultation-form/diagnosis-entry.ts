import { type Diagnosis, Icd10Code } from '../../server/contract/diagnosis.ts';

/** What was typed that is not in the list: `J18.9 社区获得性肺炎`, a code and its name; or a code that still lacks the name. */
export type FreeEntry = { kind: 'diagnosis'; diagnosis: Diagnosis } | { kind: 'code'; code: string };

/** undefined where it begins with no valid ICD-10 code. Full-width letters and a small first letter are taken. */
export function readFreeEntry(typed: string): FreeEntry | undefined {
  const [, head = '', display = ''] = /^(\S+)\s*(.*)$/.exec(typed.normalize('NFKC').trim()) ?? [];
  const code = head.charAt(0).toUpperCase() + head.slice(1).replace(/X(?=\d{3}$)/, 'x');
  if (!Icd10Code.safeParse(code).success) return undefined;
  const name = display.trim().slice(0, 200);
  return name === '' ? { kind: 'code', code } : { kind: 'diagnosis', diagnosis: { code, display: name } };
}
