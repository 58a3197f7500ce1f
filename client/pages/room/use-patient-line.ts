import type { PatientView } from '../../../server/contract/patient.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { sexAndAge } from '../../patient/case-identity.ts';

/** `王建国 男 63 岁` */
export function usePatientLine(patient: PatientView): string {
  const t = useTexts();
  return [patient.name, ...sexAndAge(t, patient)].filter(Boolean).join(' ');
}
