import { type FacilityNode, withBelow } from '../access/administered-facilities.ts';
import { Failure } from '../contract/index.ts';

/**
 * Whether a facility may be put below another one.
 * @param parentId null: to the top.
 * @throws Failure conflict / facility-circular where it would lie below itself.
 */
export function requireNoCircle(nodes: readonly FacilityNode[], facilityId: string, parentId: string | null): void {
  if (parentId !== null && withBelow(nodes, facilityId).has(parentId))
    throw new Failure('conflict', 'a facility cannot lie below itself', {
      reason: 'facility-circular',
      fields: ['parentId'],
    });
}

/** From a facility up to the top, itself first. */
export function upwardsFrom(nodes: readonly FacilityNode[], facilityId: string): string[] {
  const parents = new Map(nodes.map((node) => [node.facilityId, node.parentId]));
  const way: string[] = [];
  for (let at: string | null = facilityId; at !== null && !way.includes(at); at = parents.get(at) ?? null) way.push(at);
  return way;
}
