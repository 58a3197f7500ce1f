import assert from 'node:assert/strict';
import { actionsOn, requireAction } from '../../../server/access/may.ts';
import { standingsWaitedFor } from '../../../server/access/waited-for.ts';
import { caseKinds, findArrow, rulesOf, type StepName, stateRulesOf } from '../../../server/cases/kinds/case-kinds.ts';
import type { KindRules } from '../../../server/cases/kinds/kind.ts';
import { CaseKind, ConsultationAction, Failure } from '../../../server/contract/index.ts';
import { createCaseWalk } from '../../support/case-walk.ts';
import { findKindFaults } from '../../support/kind-faults.ts';

describe('the kinds of case', () => {
  for (const kind of CaseKind.options)
    it(`${kind}: every state can be reached, every arrow has somebody who may take it, every wait somebody who ends it`, () => {
      assert.deepEqual(findKindFaults(caseKinds[kind]), []);
    });

  it('are found incomplete where a further one forgets something', () => {
    const whole = caseKinds.written;
    const { submitted, ...others } = whole.states;
    assert.ok(submitted);
    const faultsOf = (changes: Partial<KindRules>) => findKindFaults({ ...whole, ...changes });
    const without = (action: ConsultationAction, who = {}) => {
      const act = whole.acts[action];
      return { acts: { ...whole.acts, [action]: { ...act, who } } };
    };
    assert.ok(faultsOf(without('accept')).includes('nobody may accept in submitted'));
    assert.ok(
      faultsOf(without('accept', { pool: ['draft', 'submitted'] })).includes('accept leads nowhere from draft'),
    );
    assert.ok(faultsOf({ states: others }).includes('submit leads to submitted, which there is not'));
    const idle = { ...whole.states, submitted: { ...submitted, waitsFor: [] } };
    assert.ok(faultsOf({ states: idle }).includes('submitted waits for nobody'));
    const busy = { ...whole.states, submitted: { ...submitted, waitsFor: ['sign' as const] } };
    assert.ok(faultsOf({ states: busy }).includes('submitted waits for sign, which nobody may do there'));
    const deaf = { meet: { recorded: 'call:meet', arrows: [] } };
    assert.ok(faultsOf(deaf).includes('nothing leads to in-consultation'));
    const stranger = {
      admits: [{ basis: 'duty-pool' as const, side: 'invited' as const, roles: ['trainee' as const] }],
    };
    assert.deepEqual(faultsOf(stranger), ['a trainee is let in on the ground of duty-pool and sees nothing']);
  });

  for (const kind of CaseKind.options)
    it(`${kind}: whatever people do in whatever order, only arrows are gone, and what waits for somebody can be done by them`, () => {
      const met = new Set<string>();
      for (let seed = 1; seed <= 60; seed += 1) {
        const walk = createCaseWalk(kind, seed);
        for (let count = 0; count < 40; count += 1) {
          const { from, to, name } = walk.go();
          met.add(to.state);
          if (name === undefined) continue;
          const where = `seed ${seed}: ${name} from ${from.state} to ${to.state}`;
          const arrow = findArrow(from, name);
          assert.ok(arrow && arrow.to === to.state && (arrow.becomes ?? from.kind) === to.kind, where);
          const { waitsFor, isClosed } = stateRulesOf(to);
          const waiting = walk.people.filter((person) => {
            const actions = actionsOn(walk.standingOf(person));
            return waitsFor.some((action) => actions.includes(action));
          });
          // Open cases never hang: somebody is always asked for something.
          if (!isClosed && to.submittedAt !== null) assert.ok(waiting.length > 0, `${where}: nobody is waited for`);
          for (const person of walk.people) {
            const asked = standingsWaitedFor(person).some(
              ({ kind: of, basis, states, side, whileAmending }) =>
                of === to.kind &&
                states.includes(to.state) &&
                walk.holds(person, basis) &&
                (!side || (side === 'home') === (person.facilityId === to.requesterFacilityId)) &&
                (!whileAmending || to.amendment !== null),
            );
            assert.equal(asked, waiting.includes(person), `${where}: the database would tell ${person.name} otherwise`);
          }
        }
      }
      assert.deepEqual([...met].sort(), Object.keys(caseKinds[kind].states).sort());
    });

  it('[CO11] answer for each of their acts alike by list and by refusal, in every state', () => {
    for (const kind of CaseKind.options)
      for (let seed = 1; seed <= 6; seed += 1) {
        const walk = createCaseWalk(kind, seed);
        for (let count = 0; count < 15; count += 1) {
          walk.go();
          for (const person of walk.people) {
            const standing = walk.standingOf(person);
            const listed = actionsOn(standing);
            for (const action of ConsultationAction.options)
              if (listed.includes(action)) requireAction(action, standing);
              else assert.throws(() => requireAction(action, standing), Failure);
          }
        }
      }
  });

  it('[CO17] differ in the meeting alone: only by video it comes before the signature, and only that is given up', () => {
    const leads = (kind: CaseKind, name: StepName): string[] => {
      const step = name === 'meet' ? rulesOf({ kind }).meet : rulesOf({ kind }).acts[name].step;
      return step?.arrows.map(({ from, to, when = '', becomes = '' }) => `${from} ${to} ${when}${becomes}`) ?? [];
    };
    const names: StepName[] = [...ConsultationAction.options, 'meet'];
    const differing = names.filter((name) => leads('video', name).join() !== leads('written', name).join());
    assert.deepEqual(differing, ['answer-in-writing', 'sign']);
    assert.ok(!leads('video', 'sign').some((arrow) => arrow.startsWith('accepted ')));
    assert.deepEqual(leads('video', 'answer-in-writing'), ['accepted accepted written']);
  });
});
