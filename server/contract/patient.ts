import { z } from 'zod';
import { Guardian } from './guardian.ts';
import { Papers } from './patient-papers.ts';
import { CalendarDate, Id } from './primitives.ts';

export const Sex = z.enum(['male', 'female', 'unknown']);
export type Sex = z.infer<typeof Sex>;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

/**
 * What an ID-card number says (GB 11643-1999): characters 7–14 the date of birth, the 17th odd for men,
 * the 18th a check character, ISO 7064 MOD 11-2.
 * @returns undefined where the number is not a valid one.
 */
export function readIdNumber(idNumber: string): { birthDate: string; sex: 'male' | 'female' } | undefined {
  if (!/^\d{17}[\dX]$/.test(idNumber)) return undefined;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(idNumber[index]), 0);
  if (CHECK_CHARACTERS[sum % 11] !== idNumber[17]) return undefined;
  const birthDate = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`;
  if (!CalendarDate.safeParse(birthDate).success) return undefined;
  return { birthDate, sex: Number(idNumber[16]) % 2 === 1 ? 'male' : 'female' };
}

/** A mobile or fixed-line number in mainland China. */
export const Phone = z
  .string()
  .trim()
  .regex(/^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/, { message: 'phone-format' });

/** A patient as it is being typed: anything may still be missing or wrong. */
export const PatientDraft = z.object({
  name: z.string().max(64).default(''),
  sex: Sex.nullable().default(null),
  birthDate: z.string().max(10).default(''),
  /** Of whichever document `papers` names. */
  idNumber: z.string().max(32).default(''),
  phone: z.string().max(20).default(''),
  /** Left out: an ID card and a telephone. */
  papers: Papers.optional(),
  /** Left out: the patient decides alone. */
  guardian: Guardian.optional(),
});
export type PatientDraft = z.infer<typeof PatientDraft>;

/** How what one side says of a patient compares with the other; `unknown`: one says nothing, or the two cannot be compared. */
const Comparison = z.enum(['same', 'differs', 'unknown']);

export const PatientComparison = z.object({
  /** `differs` where anything differs; `same` only where name or number are the same and nothing differs. */
  verdict: Comparison,
  name: Comparison,
  birthDate: Comparison,
  sex: Comparison,
  idNumber: Comparison,
});
export type PatientComparison = z.infer<typeof PatientComparison>;

/** A person whom files of a case name, decoded; empty where they say nothing. */
export const FilePatientView = z.object({
  /** As stored: component groups parted by `=`, components by `^`. */
  name: z.string(),
  /** (0010,0020); the number of an ID card is masked. */
  patientId: z.string(),
  /** `YYYYMMDD` */
  birthDate: z.string(),
  /** `M`, `F`, `O` */
  sex: z.string(),
  /** The pictures, as targets name them, whose files name this person. Of the first person: [], for all that no other has. */
  pictureIds: z.array(z.string()),
  /** With the patient of the case. */
  comparison: PatientComparison,
});
export type FilePatientView = z.infer<typeof FilePatientView>;

/** A patient as people with a grant on the case see them. `idNumber` and `phone` are masked (`610***********1234`) unless revealed, or still being typed by the requester. */
export const PatientView = z.object({
  patientId: Id.nullable(),
  name: z.string(),
  sex: Sex.nullable(),
  birthDate: z.string(),
  idNumber: z.string(),
  phone: z.string(),
  papers: Papers.optional(),
  /** Its `phone` is masked as the patient's is. */
  guardian: Guardian.optional(),
});
export type PatientView = z.infer<typeof PatientView>;
