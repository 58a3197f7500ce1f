import assert from 'node:assert/strict';
import { actionsOn, requireAction } from '../../../server/access/may.ts';
import { CaseKind, Failure } from '../../../server/contract/index.ts';
import { createCaseWalk } from '../../support/case-walk.ts';

/** Whoever may do these does them as one who practises. */
const ALWAYS_LICENSED = ['accept', 'sign', 'amend-report'] as const;
/** Of the duty pool, which answers as a whole; a coordinator does them too. */
const OF_THE_POOL = ['decline', 'ask-supplement'];

describe('what takes a licence', () => {
  for (const kind of CaseKind.options)
    it(`[LI4] ${kind}: is withheld from whoever has none that is valid, by list and refusal alike, and nothing else is`, () => {
      const withheld = new Set<string>();
      for (let seed = 1; seed <= 30; seed += 1) {
        const walk = createCaseWalk(kind, seed);
        for (let count = 0; count < 40; count += 1) {
          walk.go();
          for (const person of walk.people)
            for (const licence of ['expired', 'upcoming', 'unrecorded'] as const) {
              const able = actionsOn(walk.standingOf({ ...person, licence: 'valid' }));
              const standing = walk.standingOf({ ...person, licence });
              const left = actionsOn(standing);
              const missing = able.filter((action) => !left.includes(action));
              const where = `seed ${seed}, ${person.role}, ${licence}`;
              if (licence === 'unrecorded') assert.deepEqual(left, able, where);
              else for (const action of ALWAYS_LICENSED) assert.ok(!left.includes(action), `${where}: ${action}`);
              for (const action of missing) {
                withheld.add(action);
                const isOfPool = OF_THE_POOL.includes(action) && person.role === 'specialist';
                assert.ok(isOfPool || ALWAYS_LICENSED.some((one) => one === action), `${where}: ${action}`);
                assert.throws(
                  () => requireAction(action, standing),
                  (thrown) => thrown instanceof Failure && thrown.reason === `licence-${licence}`,
                );
              }
            }
        }
      }
      assert.deepEqual([...withheld].sort(), [...ALWAYS_LICENSED, ...OF_THE_POOL].sort());
    });
});
