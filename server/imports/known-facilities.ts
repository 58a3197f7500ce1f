import type { ImportColumn } from '../contract/index.ts';
import type { Facility } from '../facilities/facility.ts';
import type { ReadRow } from './read-row.ts';

type Named = Pick<Facility, 'facilityId' | 'name' | 'uscc18' | 'orgCode22'>;

/** Facilities by what a table calls them: a code, or else the name. */
export interface KnownFacilities {
  add(facility: Named): void;
  byCode(code: string | null): string[];
  byName(name: string): string[];
  /** By a code, or else by the name. */
  find(text: string): string[];
}

export function knownFacilities(facilities: Iterable<Named>): KnownFacilities {
  const codes = new Map<string, Set<string>>();
  const names = new Map<string, Set<string>>();
  const note = (map: Map<string, Set<string>>, key: string | null, facilityId: string) => {
    if (key) map.set(key, (map.get(key) ?? new Set()).add(facilityId));
  };
  const known: KnownFacilities = {
    add({ facilityId, name, uscc18, orgCode22 }) {
      note(codes, uscc18, facilityId);
      note(codes, orgCode22, facilityId);
      note(names, name, facilityId);
    },
    byCode: (code) => [...(codes.get(code ?? '') ?? [])],
    byName: (name) => [...(names.get(name) ?? [])],
    find: (text) => [...(codes.get(text) ?? names.get(text) ?? [])],
  };
  for (const facility of facilities) known.add(facility);
  return known;
}

/**
 * The facility that a cell names. Of several by one name the one that the caller administers, where it is one.
 * @returns undefined where it is none, or not one alone; the row says so.
 */
export function findNamed(
  row: ReadRow,
  column: ImportColumn,
  known: KnownFacilities,
  isAdministered: (facilityId: string) => boolean,
): string | undefined {
  const text = row.text(column) ?? '';
  const found = known.find(text);
  const own = found.filter(isAdministered);
  const [facilityId, ...others] = own.length > 0 ? own : found;
  if (text === '') row.fault(column, 'missing');
  else if (facilityId === undefined) row.fault(column, 'facility-unknown');
  else if (others.length > 0) row.fault(column, 'facility-ambiguous');
  else return facilityId;
  return undefined;
}

/** What a table calls a facility so that it is found again: its name, where no other bears it too. */
export function callFacility(known: KnownFacilities, { name, uscc18, orgCode22 }: Named): string {
  return known.byName(name).length > 1 ? (uscc18 ?? orgCode22 ?? name) : name;
}
