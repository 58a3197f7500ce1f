import type { Diagnosis } from '../../server/contract/diagnosis.ts';

/** `肺炎 (J18.9)`; without a code the text alone. */
export function diagnosisText({ code, display }: Diagnosis): string {
  return code === '' ? display : `${display} (${code})`;
}
