import { findPeople } from '../accounts/person.ts';
import type { HistoryEntry } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import type { Changes } from './changes.ts';

export interface HistoryParts {
  work: Work<'accounts' | 'audit' | 'facilities'>;
}

/**
 * Who changed an object, what and when, as the audit chain has it, newest first. Whether the caller may see it is decided before; only
 * objects that are administered are read this way, none of which says anything of a patient.
 */
export async function listHistory(
  { work }: HistoryParts,
  subject: { subjectKind: 'facility' | 'agreement' | 'alliance'; subjectId: string },
  page: { before?: number | undefined; limit: number },
): Promise<HistoryEntry[]> {
  const entries = await work.read.audit.listOfSubject(subject, page);
  const people = await findPeople(
    work.read,
    entries.flatMap((entry) => entry.actorId ?? []),
  );
  return entries.map(({ sequence, at, actorId, action, detail }) => {
    const person = actorId === null ? undefined : people.get(actorId);
    const { changes = {} } = detail as { changes?: Changes };
    return {
      sequence,
      at,
      actorName: person?.name ?? '',
      facilityName: person?.facilityName ?? '',
      action,
      changes: Object.entries(changes).map(([field, { before, after }]) => ({ field, before, after })),
    };
  });
}
