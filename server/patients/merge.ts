import type { Contradiction, Sex } from '../contract/index.ts';
import { isDocument, type PatientIdentifier } from './identifiers.ts';

/**
 * One entry of a register is another one's from now on. Nothing else changes: entries, numbers and cases stay as they were, and lead to the
 * entry that was kept as long as the merge stands. So undoing it restores both exactly, whatever came between.
 */
export interface PatientMerge {
  mergeId: string;
  keptId: string;
  mergedId: string;
  /** `mergedId` as long as it stands, null once it is undone: an entry is part of one other at most. */
  activeMergedId: string | null;
  reason: string;
  mergedAt: string;
  mergedBy: string;
  undoneAt: string | null;
  undoneBy: string | null;
}

interface Described {
  patient: { sex: Sex | null; birthDate: string };
  identifiers: readonly Pick<PatientIdentifier, 'kind' | 'numberIndex'>[];
}

/** In what the two cannot both be right. Two numbers of one kind of document are two people, or a slip of the pen. */
export function contradictionsOf(one: Described, other: Described): Contradiction[] {
  const found: Contradiction[] = [];
  const differs = one.identifiers.some(
    ({ kind, numberIndex }) =>
      isDocument(kind) &&
      other.identifiers.some((its) => its.kind === kind) &&
      !other.identifiers.some((its) => its.kind === kind && its.numberIndex === numberIndex),
  );
  if (differs) found.push('document');
  const [birth, otherBirth] = [one.patient.birthDate, other.patient.birthDate];
  if (birth !== '' && otherBirth !== '' && birth !== otherBirth) found.push('birth-date');
  const isKnown = (sex: string | null) => sex === 'male' || sex === 'female';
  if (isKnown(one.patient.sex) && isKnown(other.patient.sex) && one.patient.sex !== other.patient.sex)
    found.push('sex');
  return found;
}
