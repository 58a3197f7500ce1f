import assert from 'node:assert/strict';
import {
  administeredFacilities,
  type FacilityNode,
  withBelow,
} from '../../../server/access/administered-facilities.ts';
import { Failure } from '../../../server/contract/index.ts';
import { requireNoCircle, upwardsFrom } from '../../../server/facilities/tree.ts';
import { createRandom } from '../../support/random.ts';

/** A forest of so many facilities: each lies below an earlier one, or at the top. */
function grow(count: number, random: ReturnType<typeof createRandom>): FacilityNode[] {
  return Array.from({ length: count }, (_, index) => ({
    facilityId: `f${index}`,
    parentId: index === 0 || random.next() < 0.1 ? null : `f${random.below(index)}`,
  }));
}

/** Whether a way up from each ends at the top. */
function hasNoCircle(nodes: readonly FacilityNode[]): boolean {
  const parents = new Map(nodes.map((node) => [node.facilityId, node.parentId]));
  return nodes.every(({ facilityId }) => {
    let steps = 0;
    for (let at = parents.get(facilityId) ?? null; at !== null; at = parents.get(at) ?? null)
      if (++steps > nodes.length) return false;
    return true;
  });
}

describe('the tree of facilities', () => {
  it('[FA2] has no circle after any moves that are allowed, and refuses exactly those that would make one', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = createRandom(seed);
      const nodes = grow(2 + random.below(30), random);
      for (let move = 0; move < 60; move += 1) {
        const node = random.pick(nodes);
        const parentId = random.next() < 0.1 ? null : random.pick(nodes).facilityId;
        const moved = nodes.map((one) => (one === node ? { ...one, parentId } : one));
        let refused = false;
        try {
          requireNoCircle(nodes, node.facilityId, parentId);
        } catch (err) {
          assert.ok(err instanceof Failure && err.reason === 'facility-circular');
          refused = true;
        }
        assert.equal(refused, !hasNoCircle(moved), `seed ${seed}, move ${move}`);
        if (!refused) node.parentId = parentId;
      }
      assert.ok(hasNoCircle(nodes), `seed ${seed}`);
    }
  });

  it('[FA1] an administrator’s part is their facility and what lies below, whatever was moved: seeded', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = createRandom(seed);
      const nodes = grow(1 + random.below(40), random);
      const own = random.pick(nodes).facilityId;
      const scope = administeredFacilities({ role: 'facility-admin', facilityId: own }, nodes);
      for (const { facilityId } of nodes) {
        const isBelow = upwardsFrom(nodes, facilityId).includes(own);
        const expected = facilityId === own ? 'own' : isBelow ? 'below' : undefined;
        assert.equal(scope.get(facilityId), expected, `seed ${seed}, ${facilityId}`);
      }
      const all = administeredFacilities({ role: 'admin', facilityId: own }, nodes);
      assert.deepEqual([...all.keys()].sort(), nodes.map(({ facilityId }) => facilityId).sort());
      for (const role of ['physician', 'coordinator', 'specialist', 'surgeon', 'trainee', 'auditor'] as const)
        assert.equal(administeredFacilities({ role, facilityId: own }, nodes).size, 0);
    }
  });

  it('ends also where a database holds a circle', () => {
    const circle = [
      { facilityId: 'a', parentId: 'b' },
      { facilityId: 'b', parentId: 'a' },
    ];
    assert.deepEqual([...withBelow(circle, 'a')].sort(), ['a', 'b']);
    assert.deepEqual(upwardsFrom(circle, 'a'), ['a', 'b']);
    assert.deepEqual([...withBelow(circle, 'c')], []);
  });
});
