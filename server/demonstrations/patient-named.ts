import type { PatientDraft } from '../contract/index.ts';
import { foldName } from '../patients/name-keys.ts';
import type { Demonstration } from './demonstration.ts';

/** Texts that watchers read. */
const READ_BY_WATCHERS = ['title', 'procedure', 'room', 'description'] as const;
export type ReadText = (typeof READ_BY_WATCHERS)[number];

/** A name of one letter and a number of a few stand in any text. */
const SHORTEST_NAME = 2;
const SHORTEST_NUMBER = 6;

/**
 * Which of the texts name the patient, or whoever decides for them: by name or number, however it is spaced. What only tells somebody who
 * knows the patient already (an age, a rare disease) no program sees; the two signers read it.
 */
export function textsNaming<Field extends string>(
  texts: Readonly<Record<Field, string>>,
  patient: Pick<PatientDraft, 'name' | 'idNumber' | 'phone' | 'guardian'>,
): Field[] {
  const { name, idNumber, phone, guardian } = patient;
  const atLeast = (shortest: number, words: string[]) =>
    words.map(foldName).filter((word) => [...word].length >= shortest);
  const telling = [
    ...atLeast(SHORTEST_NAME, [name, guardian?.name ?? '']),
    ...atLeast(SHORTEST_NUMBER, [idNumber, phone, guardian?.phone ?? '']),
  ];
  return (Object.keys(texts) as Field[]).filter((field) => {
    const text = foldName(texts[field]);
    return telling.some((word) => text.includes(word));
  });
}

export function readTexts(demonstration: Pick<Demonstration, ReadText>): Record<ReadText, string> {
  const { title, procedure, room, description } = demonstration;
  return { title, procedure, room, description };
}
