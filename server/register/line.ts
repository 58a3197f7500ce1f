import type { MaskedIdentifier, PatientLine, PatientPageView } from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import { isDocument, type PatientIdentifier } from '../patients/identifiers.ts';
import { ageYears, maskMiddle } from '../patients/patient.ts';
import type { PatientEntry } from '../patients/store.ts';
import type { Stores } from '../store/stores.ts';

export type MaskedPatient = Pick<
  PatientLine & PatientPageView,
  'patientId' | 'label' | 'sex' | 'ageYears' | 'facilityName' | 'identifiers' | 'isIdentified'
>;

/** As lists and pages show patients: nothing that would tell a stranger who it is. In the order that was given. */
export async function maskPatients(
  stores: Pick<Stores, 'facilities' | 'patients'>,
  patients: readonly PatientEntry[],
  at: Date,
): Promise<MaskedPatient[]> {
  const identifiers = await stores.patients.listIdentifiers(patients.map((one) => one.patientId));
  const facilities = await stores.facilities.findMany([...new Set(patients.map((one) => one.facilityId))]);
  const names = new Map(facilities.map(({ facilityId, name }) => [facilityId, name]));
  return patients.map((patient) => {
    const { patientId, name, sex, birthDate, estimatedAgeYears, facilityId } = patient;
    const own = identifiers.filter((one) => one.patientId === patientId);
    return {
      patientId,
      label: maskMiddle(name),
      sex,
      ageYears: ageYears(birthDate, chinaDate(at)) ?? estimatedAgeYears,
      facilityName: names.get(facilityId) ?? '',
      identifiers: toMasked(own),
      isIdentified: own.some(({ kind }) => isDocument(kind)),
    };
  });
}

const toMasked = (identifiers: PatientIdentifier[]): MaskedIdentifier[] =>
  identifiers.map(({ kind, masked }) => ({ kind, masked }));
