import type { HistoryEntry, PersonView } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import type { ChainedEntry } from './chain.ts';
import type { Changes } from './changes.ts';

export interface HistoryParts {
  work: Work<'audit' | 'facilities'>;
  /** Those who acted, by account id. */
  findActors: FindActors;
}

export type FindActors = (
  accountIds: string[],
) => Promise<ReadonlyMap<string, Pick<PersonView, 'name' | 'facilityName'>>>;

export interface HistoryPage {
  before?: number | undefined;
  limit: number;
}

/** What an act says of its object beside what it changed: as it was made, or as it was proposed. */
const FACTS = [
  'login',
  'name',
  'role',
  'facilityId',
  'department',
  'title',
  'specialty',
  'fromDay',
  'toDay',
  'scopes',
  'expiresAt',
];

/**
 * Who changed an object, what and when, as the audit chain has it, newest first. Whether the caller may see it is decided before; only
 * objects that are administered are read this way, none of which says anything of a patient.
 */
export async function listHistory(
  parts: HistoryParts,
  subject: { subjectKind: 'facility' | 'agreement' | 'alliance' | 'machine' | 'policy'; subjectId: string },
  page: HistoryPage,
): Promise<HistoryEntry[]> {
  return viewHistory(parts, await parts.work.read.audit.listOfSubject(subject, page));
}

/** @param places in which appointment of a person an act was done, by the act's object. */
export async function viewHistory(
  { work, findActors }: HistoryParts,
  entries: readonly ChainedEntry[],
  places: ReadonlyMap<string, string> = new Map(),
): Promise<HistoryEntry[]> {
  const people = await findActors([...new Set(entries.flatMap((entry) => entry.actorId ?? []))]);
  const named = entries.map((entry) => ({ entry, ...read(entry.detail) }));
  const names = await nameFacilities(work, named);
  return named.map(({ entry: { sequence, at, actorId, action, subjectKind, subjectId, detail }, ...told }) => {
    const person = actorId === null ? undefined : people.get(actorId);
    return {
      sequence,
      at,
      actorName: person?.name ?? '',
      facilityName: person?.facilityName ?? '',
      operator: textOf(detail['operator']),
      action,
      place: (subjectKind === 'appointment' && places.get(subjectId)) || null,
      reason: textOf(detail['reason']),
      changes: told.changes.map(({ field, before, after }) => ({
        field,
        before: withNames(before, names),
        after: withNames(after, names),
      })),
      facts: told.facts.map(({ field, value }) => ({ field, value: withNames(value, names) })),
      unkept: told.unkept,
    };
  });
}

type Told = Pick<HistoryEntry, 'changes' | 'facts' | 'unkept'>;

/** Acts of earlier versions name the fields alone, and of a few of them from what to what. */
function read(detail: Record<string, unknown>): Told {
  const { changes = {}, fields = [] } = detail as { changes?: Changes; fields?: string[] };
  const former = fields.flatMap((field) => {
    const value = detail[field] as { from: unknown; to: unknown } | undefined;
    return value ? [{ field, before: value.from, after: value.to }] : [];
  });
  const isKept = new Set(former.map(({ field }) => field));
  return {
    changes: [...Object.entries(changes).map(([field, { before, after }]) => ({ field, before, after })), ...former],
    facts: FACTS.flatMap((field) => {
      const value = detail[field] ?? null;
      return value === null || value === '' || fields.includes(field) ? [] : [{ field, value }];
    }),
    unkept: fields.filter((field) => !isKept.has(field)),
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The chain has facilities by their id; people read names, as they are now. */
async function nameFacilities(work: Work<'facilities'>, told: readonly Told[]): Promise<Map<string, string>> {
  const found = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && ID.test(value)) found.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  for (const { changes, facts } of told) {
    for (const { before, after } of changes) collect([before, after]);
    collect(facts.map(({ value }) => value));
  }
  const facilities = found.size === 0 ? [] : await work.read.facilities.findMany([...found]);
  return new Map(facilities.map(({ facilityId, name }) => [facilityId, name]));
}

function withNames(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => withNames(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withNames(one, names)]));
}
