import { type FilePatientView, readIdNumber } from '../contract/index.ts';
import { namedAs } from '../formats/dicom/person-name.ts';
import { type CasePatient, comparePatients, type FilePatient, namesTwoPeople } from '../formats/dicom/same-patient.ts';
import { maskIdNumber } from '../patients/patient.ts';
import { compareRomanizedName } from '../patients/romanized-name.ts';
import type { Instance } from './study.ts';

/**
 * Whom the objects of one study name, the most objects first, each compared with the case's patient. Two people under one
 * Study UID are never silent: nothing is refused for it, since either may be the right one, but the case names both.
 */
export function namedPatients(
  instances: readonly Instance[],
  pictureIdOf: ((instance: Instance) => string) | undefined,
  patient: CasePatient,
): { patients: FilePatientView[]; patientsDiffer: boolean } {
  const people = new Map<string, { named: FilePatient; instances: Instance[] }>();
  for (const instance of instances) {
    const { patientName: name, patientId: id, patientBirthDate: birthDate, patientSex: sex } = instance;
    const named = { name: namedAs(name), id: id.trim(), birthDate: birthDate.trim(), sex: sex.trim().toUpperCase() };
    const key = JSON.stringify(Object.values({ ...named, name: named.name.toUpperCase() }));
    const person = people.get(key);
    if (person) person.instances.push(instance);
    else people.set(key, { named, instances: [instance] });
  }
  const sorted = [...people.values()].sort((a, b) => b.instances.length - a.instances.length);
  const patients = sorted.map(({ named, instances: theirs }, index): FilePatientView => {
    const pictureIds = theirs.map((one) => pictureIdOf?.(one) ?? one.sopInstanceUid);
    return {
      name: named.name,
      patientId: readIdNumber(named.id.toUpperCase()) ? maskIdNumber(named.id) : named.id,
      birthDate: named.birthDate,
      sex: named.sex,
      pictureIds: index === 0 ? [] : [...new Set(pictureIds)],
      comparison: comparePatients(named, patient, compareRomanizedName),
    };
  });
  const patientsDiffer = sorted.some(({ named }, index) =>
    sorted.slice(index + 1).some((other) => namesTwoPeople(named, other.named)),
  );
  return { patients, patientsDiffer };
}
