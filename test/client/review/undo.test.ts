import assert from 'node:assert/strict';
import { ReviewSession, type ReviewTrouble } from '../../../client/review/session.ts';
import type { Shape } from '../../../server/contract/review.ts';
import { createRandom } from '../../support/random.ts';
import { TestLink } from '../../support/review-link.ts';
import { lengthOf, target, viewportAt } from '../../support/review-pictures.ts';
import { CONSULTATION_ID, ReviewHub } from '../../support/review-world.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const everything = () => true;

describe('taking back what one did to marks', () => {
  let clock: VirtualClock;
  let hub: ReviewHub;
  const open = (name: string, { solo = false, mayShare = true } = {}) => {
    const me = { accountId: `account-${name}`, name };
    const link = new TestLink(hub, clock, me, 20);
    const parts = { link, consultationId: CONSULTATION_ID, me, solo, clock, mayShare: () => mayShare };
    return { link, session: new ReviewSession(parts) };
  };
  const shown = (session: ReviewSession): Record<string, Shape | null> =>
    Object.fromEntries(session.annotations(everything).map(({ annotationId, shape }) => [annotationId, shape]));

  beforeEach(() => {
    clock = new VirtualClock();
    hub = new ReviewHub(clock);
  });

  it('goes back step by step and forward again, while the line is down too, and the other side follows', async () => {
    const [county, specialist] = [open('county'), open('specialist')];
    await clock.pass(200);
    county.session.put('one', target, lengthOf(1));
    county.session.put('one', target, lengthOf(2));
    county.link.break();
    county.session.remove('one');
    county.session.step('undo');
    assert.deepEqual(shown(county.session), { one: lengthOf(2) });
    county.session.step('undo');
    county.session.step('undo');
    assert.deepEqual(shown(county.session), {});
    assert.equal(county.session.step('undo'), undefined);
    county.session.step('redo');
    county.link.connect();
    await clock.pass(5000);
    assert.deepEqual(shown(specialist.session), { one: lengthOf(1) });
    assert.equal(county.session.state.unsent, 0);
  });

  it('works after a reload, and does not reach over what somebody else did since', async () => {
    const [county, specialist] = [open('county'), open('specialist')];
    await clock.pass(200);
    specialist.session.look(viewportAt(1));
    county.session.put('one', target, lengthOf(1));
    county.session.put('two', target, lengthOf(2));
    await clock.pass(300);
    county.session.close();
    county.link.break();
    const again = open('county');
    await clock.pass(300);
    specialist.session.remove('two');
    await clock.pass(300);
    assert.deepEqual(shown(again.session), { one: lengthOf(1) });
    assert.equal(again.session.step('undo')?.annotationId, 'one', 'the other one is not mine to undo any more');
    await clock.pass(300);
    assert.deepEqual(shown(specialist.session), {});
  });

  it('tells the author who deleted the mark, and lets the author put it back; lets the presenter take it back', async () => {
    const [county, specialist] = [open('county'), open('specialist')];
    const troubles: ReviewTrouble[] = [];
    county.session.onTrouble((trouble) => troubles.push(trouble));
    await clock.pass(200);
    county.session.put('one', target, lengthOf(1));
    await clock.pass(300);
    const [mark] = specialist.session.annotations(everything);
    assert.ok(mark);
    assert.equal(specialist.session.mayRemove(mark), 'no');
    specialist.session.look(viewportAt(1));
    await clock.pass(300);
    assert.equal(specialist.session.mayRemove(mark), 'ask');
    assert.equal(specialist.session.mayChange(mark), false);
    specialist.session.remove('one');
    await clock.pass(300);
    const [told] = troubles;
    assert.ok(told?.kind === 'annotation-deleted' && told.mine && told.byName === 'specialist');
    assert.deepEqual(told.before.shape, lengthOf(1));
    specialist.session.step('undo');
    await clock.pass(300);
    const [back] = county.session.annotations(everything);
    assert.deepEqual([back?.authorName, back?.shape], ['county', lengthOf(1)]);
  });

  it('keeps what is measured for oneself in this window: nothing of it is sent, and it can be taken back', async () => {
    const [looker, county] = [open('looker', { mayShare: false }), open('county')];
    await clock.pass(200);
    looker.session.put('mine', target, lengthOf(4));
    await clock.pass(300);
    assert.deepEqual([looker.session.isLocal('mine'), looker.session.isUnsent('mine')], [true, false]);
    assert.deepEqual(shown(county.session), {});
    looker.session.put('mine', target, lengthOf(5));
    looker.session.step('undo');
    assert.deepEqual(shown(looker.session), { mine: lengthOf(4) });
    looker.link.break();
    looker.link.connect();
    await clock.pass(2000);
    assert.deepEqual(shown(looker.session), { mine: lengthOf(4) }, 'an outage takes nothing');
    const sent = hub.received.filter(
      ({ name, accountId }) => accountId === 'account-looker' && name.startsWith('anno'),
    );
    assert.deepEqual(sent, []);
  });

  for (let seed = 1; seed <= 30; seed++)
    it(`undoing everything and redoing everything is where one was, whatever the other does (seed ${seed})`, async () => {
      const random = createRandom(seed).next;
      const people = [open('a'), open('b')];
      await clock.pass(200);
      const own = (person: number) =>
        Object.fromEntries(
          Object.entries(shown(people[person]?.session ?? assert.fail())).filter(([id]) =>
            id.startsWith('ab'[person] ?? ''),
          ),
        );
      for (let step = 0; step < 40; step++) {
        const person = random() < 0.5 ? 0 : 1;
        const { session, link } = people[person] ?? assert.fail();
        const annotationId = `${'ab'[person]}-${Math.floor(random() * 4)}`;
        const action = random();
        if (action < 0.5) session.put(annotationId, target, lengthOf(step));
        else if (action < 0.65) session.remove(annotationId);
        else if (action < 0.75) session.step('undo');
        else if (action < 0.8) session.step('redo');
        else if (action < 0.9) link.break();
        else link.connect();
        await clock.pass(Math.floor(random() * 400));
      }
      for (const { link } of people) link.connect();
      await clock.pass(20_000);
      for (const person of [0, 1]) {
        const { session } = people[person] ?? assert.fail();
        // Only one's own acts after the last one that was taken back stand between now and the start.
        while (session.step('redo'));
        const [mine, theirs] = [own(person), own(1 - person)];
        let steps = 0;
        while (session.step('undo')) steps++;
        assert.deepEqual(own(person), {}, 'nothing was there at first');
        for (let step = 0; step < steps; step++) session.step('redo');
        assert.deepEqual(own(person), mine);
        assert.deepEqual(own(1 - person), theirs, 'the other one’s marks are untouched');
        await clock.pass(20_000);
      }
      assert.deepEqual(shown(people[0]?.session ?? assert.fail()), shown(people[1]?.session ?? assert.fail()));
    });
});
