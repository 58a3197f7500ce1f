import type { ConsultationView } from '../../server/contract/consultation.ts';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import type { Formats } from '../i18n/formats.ts';
import type { useTexts } from '../i18n/use-texts.ts';
import { ageOf } from './age.ts';
import { identityOf, warningOf } from './mix-up.ts';

/** Whose case it is, for whatever shows or prints its pictures. */
export type CaseIdentity = Pick<ConsultationView, 'patient' | 'caseNumber' | 'requester'>;

type T = ReturnType<typeof useTexts>;

/** Of an unidentified person as estimated; '' where nothing is known. */
export function ageText(t: T, { birthDate, papers }: CaseIdentity['patient']): string {
  const age = ageOf(birthDate, new Date());
  if (age) return t(`terms:${age.key}`, age.count);
  const years = papers?.estimatedAgeYears ?? null;
  return years === null ? '' : t('terms:ageEstimated', { years });
}

/** Sex and age, as they stand behind a name. */
export function sexAndAge(t: T, patient: CaseIdentity['patient']): string[] {
  const { sex } = patient;
  const known = [sex === null ? '' : t(`terms:sex.${sex}`), ageText(t, patient)];
  return known.filter((text) => text !== '');
}

/** What a printed picture says of its patient. */
export interface PrintHeading {
  /** Name, sex, age, case number, examination date, hospital. */
  patient: string;
  /** Whom the file names instead; '': nobody else. */
  warning: string;
}

export function printHeading(
  t: T,
  formats: Formats,
  { patient, caseNumber, requester }: CaseIdentity,
  material: MaterialView,
  pictureId: string,
): PrintHeading {
  const facts = [
    patient.name || t('patient:noName'),
    ...sexAndAge(t, patient),
    caseNumber,
    material.studyDate && t('patient:examinedOn', { date: formats.day(material.studyDate) }),
    requester.facilityName,
  ];
  return {
    patient: facts.filter(Boolean).join('　'),
    warning: warningOf(t, formats, identityOf(material, pictureId), patient) ?? '',
  };
}
