import type { PatientView } from '../../../server/contract/patient.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ageOf } from '../../patient/age.ts';

/** `王建国 男 63 岁` */
export function usePatientLine({ name, sex, birthDate }: PatientView): string {
  const t = useTexts();
  const age = ageOf(birthDate, new Date());
  return [name, sex && t(`terms:sex.${sex}`), age && t(`terms:${age.key}`, age.count)].filter(Boolean).join(' ');
}
