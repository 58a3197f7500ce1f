import type { FacilityLine } from '../../server/contract/facility.ts';

/** One line of the tree as it is shown. */
export interface TreeRow {
  line: FacilityLine;
  /** 1 for the top ones. */
  level: number;
  /** undefined: nothing is below it. */
  isOpen: boolean | undefined;
  position: number;
  siblings: number;
}

/** Chinese names by their pronunciation. */
const BY_NAME = new Intl.Collator('zh-CN');
const TIERS = ['province', 'city', 'county', 'township', 'village'];

/** Below each facility what lies there, from the higher tier to the lower, then by name. One whose parent is not among them is a top one. */
export function childrenOf(lines: readonly FacilityLine[]): Map<string | null, FacilityLine[]> {
  const known = new Set(lines.map(({ facilityId }) => facilityId));
  const children = new Map<string | null, FacilityLine[]>();
  for (const line of lines) {
    const parent = line.parentId !== null && known.has(line.parentId) ? line.parentId : null;
    children.set(parent, [...(children.get(parent) ?? []), line]);
  }
  for (const below of children.values())
    below.sort(
      (one, other) => TIERS.indexOf(one.tier) - TIERS.indexOf(other.tier) || BY_NAME.compare(one.name, other.name),
    );
  return children;
}

/** Those with the text in their names, with all that is above them. undefined: no text, nothing is narrowed. */
export function matching(lines: readonly FacilityLine[], text: string): Set<string> | undefined {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return undefined;
  const byId = new Map(lines.map((line) => [line.facilityId, line]));
  const found = new Set<string>();
  for (const line of lines) {
    if (![line.name, line.shortName].some((name) => name.toLowerCase().includes(wanted))) continue;
    for (let at: FacilityLine | undefined = line; at && !found.has(at.facilityId); at = byId.get(at.parentId ?? ''))
      found.add(at.facilityId);
  }
  return found;
}

/** The lines that are in sight. @param kept as {@link matching} says; all of them are open then. */
export function rowsOf(
  lines: readonly FacilityLine[],
  { open, kept }: { open: ReadonlySet<string>; kept: ReadonlySet<string> | undefined },
): TreeRow[] {
  const children = childrenOf(lines);
  const rows: TreeRow[] = [];
  const add = (parent: string | null, level: number): void => {
    const below = (children.get(parent) ?? []).filter(({ facilityId }) => kept === undefined || kept.has(facilityId));
    for (const [index, line] of below.entries()) {
      const hasBelow = children.has(line.facilityId);
      const isOpen = hasBelow ? kept !== undefined || open.has(line.facilityId) : undefined;
      rows.push({ line, level, isOpen, position: index + 1, siblings: below.length });
      if (isOpen) add(line.facilityId, level + 1);
    }
  };
  add(null, 1);
  return rows;
}

/** All that is above a facility. */
export function aboveOf(lines: readonly FacilityLine[], facilityId: string | undefined): string[] {
  const byId = new Map(lines.map((line) => [line.facilityId, line]));
  const above: string[] = [];
  for (let at = byId.get(facilityId ?? '')?.parentId; at && !above.includes(at); at = byId.get(at)?.parentId)
    above.push(at);
  return above;
}
