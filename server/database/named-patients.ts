import { type EntityManager, In } from 'typeorm';
import { type PatientMatch, patientMatches } from '../archive/search-by-patient.ts';
import type { NamedPatient } from '../archive/study.ts';
import type { FieldSeal } from '../patients/seal.ts';
import { insertIfNew } from './insert-row.ts';
import { type KeyedPatient, NamedPatientRow, type SealedNamedPatient } from './study/rows.ts';

/** Keys in one statement: SQLite takes 32766 parameters, and a long list is slow to plan. */
export const KEYS_AT_ONCE = 500;

/** Named by nobody: kept without a row. */
export const NOBODY = '';
const NO_PATIENT: NamedPatient = { patientName: '', patientId: '', patientBirthDate: '', patientSex: '' };

/** The patients that DICOM objects name. Each stands once, sealed; studies and instances hold its key. */
export function createNamedPatients(manager: EntityManager, seal: FieldSeal) {
  return {
    /** @returns the row with the patient's key in the patient's place; the patient is kept. */
    async keyed<T extends NamedPatient & { facilityId: string }>(row: T): Promise<KeyedPatient<T>> {
      const { patientName, patientId, patientBirthDate, patientSex, ...plain } = row;
      const sealed = sealNamedPatient(seal, row.facilityId, { patientName, patientId, patientBirthDate, patientSex });
      if (sealed) await insertIfNew(manager, NamedPatientRow, sealed);
      return { ...plain, patientKey: sealed?.patientKey ?? NOBODY };
    },

    /** @returns the rows with their patients, each of whom is opened once. */
    async named<T extends NamedPatient>(rows: KeyedPatient<T>[]): Promise<T[]> {
      const keys = [...new Set(rows.map((row) => row.patientKey))];
      const patients = new Map<string, NamedPatient>([[NOBODY, NO_PATIENT]]);
      for (let start = 0; start < keys.length; start += KEYS_AT_ONCE) {
        const found = await manager.findBy(NamedPatientRow, {
          patientKey: In(keys.slice(start, start + KEYS_AT_ONCE)),
        });
        for (const one of found) patients.set(one.patientKey, openNamedPatient(seal, one));
      }
      return rows.map(({ patientKey, ...row }) => {
        const patient = patients.get(patientKey);
        if (!patient) throw new Error('a row whose patient is missing');
        return { ...row, ...patient } as unknown as T;
      });
    },

    /** Keys of those among the candidates whom all matches fit. */
    async keysMatching(
      candidates: { facilityId: string } | { keys: string[] },
      matches: PatientMatch[],
    ): Promise<string[]> {
      const fits = (patient: NamedPatient) => matches.every((match) => patientMatches(patient, match));
      const query = manager.createQueryBuilder(NamedPatientRow, 'p');
      if ('keys' in candidates) query.where(isAmong('p.patientKey', candidates.keys));
      else {
        query.where('p.facilityId = :facilityId', candidates);
        const byId = matches.find((match) => match.field === 'patientId' && match.kind === 'any-of');
        if (byId?.kind === 'any-of') {
          const indices = byId.values.map((value) => idIndexOf(seal, candidates.facilityId, String(value)));
          query.andWhere('p.idIndex IN (:...indices)', { indices });
        }
      }
      const found = await query.getMany();
      const keys = found.filter((one) => fits(openNamedPatient(seal, one))).map((one) => one.patientKey);
      return fits(NO_PATIENT) ? [NOBODY, ...keys] : keys;
    },
  };
}

/** SQL. The keys are written out: there may be more of them than a statement takes parameters. */
export function isAmong(column: string, keys: string[]): string {
  if (keys.some((key) => !/^([0-9a-f]{64})?$/.test(key))) throw new Error('no key of a patient');
  return keys.length === 0 ? '1 = 0' : `${column} IN ('${keys.join("', '")}')`;
}

export const namedPatientContext = (facilityId: string, patientKey: string) =>
  `${facilityId}/${patientKey}/named-patient`;

function idIndexOf(seal: FieldSeal, facilityId: string, patientId: string): string {
  return seal.index(`named-patient-id/${facilityId}/${patientId}`);
}

/** undefined: the object names nobody. */
export function sealNamedPatient(
  seal: FieldSeal,
  facilityId: string,
  { patientName, patientId, patientBirthDate, patientSex }: NamedPatient,
): SealedNamedPatient | undefined {
  const plain = JSON.stringify([patientName, patientId, patientBirthDate, patientSex]);
  if (plain === JSON.stringify(['', '', '', ''])) return undefined;
  const patientKey = seal.index(`named-patient/${facilityId}/${plain}`);
  return {
    patientKey,
    facilityId,
    idIndex: idIndexOf(seal, facilityId, patientId),
    sealed: seal.seal(plain, namedPatientContext(facilityId, patientKey)),
  };
}

export function openNamedPatient(
  seal: FieldSeal,
  { facilityId, patientKey, sealed }: Pick<SealedNamedPatient, 'facilityId' | 'patientKey' | 'sealed'>,
): NamedPatient {
  const [patientName = '', patientId = '', patientBirthDate = '', patientSex = ''] = JSON.parse(
    seal.open(sealed, namedPatientContext(facilityId, patientKey)),
  ) as string[];
  return { patientName, patientId, patientBirthDate, patientSex };
}
