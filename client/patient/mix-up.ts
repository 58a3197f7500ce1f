import { type FilePatientView, type PatientComparison, Sex } from '../../server/contract/patient.ts';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import { formatPersonName } from '../../server/formats/dicom/person-name.ts';
import { sexOfFile } from '../../server/formats/dicom/same-patient.ts';
import type { Formats } from '../i18n/formats.ts';
import type { useTexts } from '../i18n/use-texts.ts';

type T = ReturnType<typeof useTexts>;
type Field = Exclude<keyof PatientComparison, 'verdict'>;

/** Whom the files of one picture name. Several: files of more than one person make it up. */
export function namedIn(material: MaterialView, pictureId: string): FilePatientView[] {
  const [most, ...others] = material.patients;
  const found = others.filter((one) => one.pictureIds.includes(pictureId));
  return found.length > 0 ? found : most ? [most] : [];
}

/**
 * `other`: files name somebody else than the case does. `several`: they name more than one person, so that one of them is
 * wrong. `unverified`: the name cannot be compared. `unnamed`: the files say nothing.
 */
export type Identity =
  | { kind: 'same' | 'unnamed' }
  | { kind: 'unverified'; named: FilePatientView }
  | { kind: 'other' | 'several'; named: FilePatientView[] };

/** Of the files of one picture, or of all of a material. */
export function identityOf(material: MaterialView, pictureId?: string): Identity {
  const people = pictureId === undefined ? material.patients : namedIn(material, pictureId);
  const others = people.filter(({ comparison }) => comparison.verdict === 'differs');
  if (others.length > 0) return { kind: 'other', named: others };
  if (material.patientsDiffer) return { kind: 'several', named: material.patients };
  const [unverified] = people.filter(({ comparison, name }) => comparison.verdict === 'unknown' && name !== '');
  if (unverified) return { kind: 'unverified', named: unverified };
  return { kind: people.some(({ comparison }) => comparison.verdict === 'same') ? 'same' : 'unnamed' };
}

const BETWEEN_FACTS = ' · ';

/** `王芳 · 女 · 1960年1月1日 · ID 0042` */
export function fileFacts(t: T, formats: Formats, { name, sex, birthDate, patientId }: FilePatientView): string {
  const known = sexOfFile(sex);
  return [
    formatPersonName(name) || t('patient:noName'),
    known !== 'unknown' && t(`terms:sex.${known}`),
    birthDate && formats.day(birthDate),
    patientId && t('patient:id', { id: patientId }),
  ]
    .filter(Boolean)
    .join(BETWEEN_FACTS);
}

type NamedPatient = { name: string; sex: string | null; birthDate: string };

/** Names both people, and in what they differ; undefined where nothing is wrong. */
export function warningOf(t: T, formats: Formats, identity: Identity, patient: NamedPatient): string | undefined {
  if (identity.kind !== 'other' && identity.kind !== 'several') return undefined;
  const files = identity.named.map((one) => fileFacts(t, formats, one)).join(t('patient:and'));
  if (identity.kind === 'several') return t('patient:several', { files });
  const fields = (['name', 'sex', 'birthDate', 'idNumber'] as const satisfies Field[]).filter((field) =>
    identity.named.some(({ comparison }) => comparison[field] === 'differs'),
  );
  const sex = Sex.safeParse(patient.sex).data;
  const inCase = [
    patient.name || t('patient:noName'),
    sex && t(`terms:sex.${sex}`),
    patient.birthDate && formats.day(patient.birthDate),
  ];
  return t('patient:other', {
    files,
    patient: inCase.filter(Boolean).join(BETWEEN_FACTS),
    fields: fields.map((field) => t(`patient:field.${field}`)).join(t('patient:and')),
  });
}
