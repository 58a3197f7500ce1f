import type { PatientStore } from '../patients/store.ts';

/** Entries that are one person: the one that was kept, and all that were joined to it. */
export interface PatientGroup {
  headId: string;
  /** The head first. */
  memberIds: string[];
}

/** The groups of these entries, each once, in the order that was given. */
export async function groupsOf(patients: PatientStore, patientIds: string[]): Promise<PatientGroup[]> {
  const heads = await headsOf(patients, patientIds);
  const headIds = [...new Set(patientIds.map((patientId) => heads.get(patientId) ?? patientId))];
  const members = new Map(headIds.map((headId) => [headId, [headId]]));
  const groupOf = new Map(headIds.map((headId) => [headId, headId]));
  // Merges are of heads into heads, so that they make trees: each round goes one merge deeper.
  for (let above = headIds; above.length > 0; ) {
    const merges = await patients.listMerges({ keptIds: above });
    for (const { keptId, mergedId } of merges) {
      const headId = groupOf.get(keptId) ?? keptId;
      groupOf.set(mergedId, headId);
      members.get(headId)?.push(mergedId);
    }
    above = merges.map(({ mergedId }) => mergedId);
  }
  return headIds.map((headId) => ({ headId, memberIds: members.get(headId) ?? [headId] }));
}

/** Of each entry the one that it has become part of in the end, itself where it has not. */
export async function headsOf(patients: PatientStore, patientIds: string[]): Promise<Map<string, string>> {
  const heads = new Map(patientIds.map((patientId) => [patientId, patientId]));
  for (let below = [...heads.values()]; below.length > 0; ) {
    const merges = await patients.listMerges({ mergedIds: below });
    for (const { mergedId, keptId } of merges)
      for (const [patientId, headId] of heads) if (headId === mergedId) heads.set(patientId, keptId);
    below = merges.map(({ keptId }) => keptId);
  }
  return heads;
}
