import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import { recordAct } from '../audit/record.ts';
import type { IdentifierKind, PatientsFound } from '../contract/index.ts';
import { searchedIndices } from '../patients/identifiers.ts';
import { nameKeyOf } from '../patients/name-keys.ts';
import type { NameBeginnings } from '../patients/store.ts';
import { maskPatients } from './line.ts';
import type { RegisterParts } from './parts.ts';
import { listVisible, patientReader } from './visible-patient.ts';

/** More lines are not read; a further letter or the whole number finds the one that is meant. */
const MAX_LINES = 50;

/**
 * Patients whose name begins as typed, in characters or letters, or who have the number, among those of whom the caller may see a
 * case. It is an act: whoever searches learns whether somebody is there. What was typed is kept nowhere.
 */
export async function searchPatients(
  { work, seal }: RegisterParts,
  asked: Asked,
  typed: string,
): Promise<PatientsFound> {
  requirePermission(asked.caller, 'patient:search');
  const { read } = work;
  const reader = patientReader(asked);
  const byNumber = await read.patients.searchByNumber(reader, searchedIndices(seal, typed), MAX_LINES + 1);
  const byName = await read.patients.searchByName(reader, beginningsOf(typed), MAX_LINES + 1);
  const patientIds = [...new Set([...byNumber.map((one) => one.patientId), ...byName])];
  const visible = await listVisible(read, asked, patientIds.slice(0, MAX_LINES));
  const masked = await maskPatients(read, visible, asked.at);
  await work.write((stores) =>
    recordAct(stores.audit, asked, {
      action: 'patient:search',
      subjectKind: 'patient-register',
      subjectId: asked.caller.facilityId,
      detail: { found: visible.length, by: byNumber.length > 0 ? 'number' : 'name' },
    }),
  );
  return {
    lines: masked.map((line, index) => ({
      ...line,
      matched: kindsFound(byNumber, visible[index]?.memberIds ?? []),
      caseCount: visible[index]?.standings.length ?? 0,
      latestCaseAt: latestOf(visible[index]?.standings[0]?.consultation),
    })),
    more: patientIds.length > MAX_LINES,
  };
}

const kindsFound = (
  found: { patientId: string; kind: IdentifierKind }[],
  memberIds: readonly string[],
): IdentifierKind[] => [...new Set(found.filter((one) => memberIds.includes(one.patientId)).map(({ kind }) => kind))];

const latestOf = (one: { submittedAt: string | null; createdAt: string } | undefined): string =>
  one?.submittedAt ?? one?.createdAt ?? new Date(0).toISOString();

/** Letters may be the sounds of a name, their first letters, or a name that is written in letters. */
function beginningsOf(typed: string): NameBeginnings {
  const nameKey = nameKeyOf(typed);
  // No name is of digits alone: a number is looked for among numbers.
  if (!/\p{L}/u.test(nameKey)) return {};
  const letters = nameKey.replaceAll('ü', 'v');
  return /^[a-z]+$/.test(letters) ? { nameKey, pinyin: letters, initials: letters } : { nameKey };
}
