import type { Actor } from './may.ts';

/** A place in the tree of facilities. */
export interface FacilityNode {
  facilityId: string;
  parentId: string | null;
}

/** How an administrator stands to a facility. `platform`: to all of them. */
export type AdministratorStanding = 'platform' | 'own' | 'below';

/**
 * Which facilities a person administers, and how. The platform's administrator: all. A facility's administrator: their own and
 * what is below it. Everybody else: none. Every rule about administering asks here.
 * @param nodes all facilities there are.
 */
export function administeredFacilities(
  actor: Pick<Actor, 'role' | 'facilityId'>,
  nodes: readonly FacilityNode[],
): ReadonlyMap<string, AdministratorStanding> {
  if (actor.role === 'admin') return new Map(nodes.map(({ facilityId }) => [facilityId, 'platform']));
  if (actor.role !== 'facility-admin') return new Map();
  return new Map(
    [...withBelow(nodes, actor.facilityId)].map((facilityId) => [
      facilityId,
      facilityId === actor.facilityId ? 'own' : 'below',
    ]),
  );
}

/** The facility and all that is below it. Ends for any parents, even where they were in a circle. */
export function withBelow(nodes: readonly FacilityNode[], facilityId: string): Set<string> {
  const children = new Map<string, string[]>();
  for (const node of nodes)
    if (node.parentId !== null) children.set(node.parentId, [...(children.get(node.parentId) ?? []), node.facilityId]);
  const found = new Set(nodes.some((node) => node.facilityId === facilityId) ? [facilityId] : []);
  for (const one of found) for (const child of children.get(one) ?? []) found.add(child);
  return found;
}
