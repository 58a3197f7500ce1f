import assert from 'node:assert/strict';
import { createRandom } from '../../support/random.ts';
import { enter, everything, namesOf, type Person } from '../../support/review-people.ts';
import { lengthOf, target, viewportAt } from '../../support/review-pictures.ts';
import { ReviewHub } from '../../support/review-world.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

describe('three windows on lines that keep breaking', () => {
  for (let seed = 1; seed <= 25; seed++)
    it(`end with the same picture and the same marks, each as its author left it (seed ${seed})`, async () => {
      const random = createRandom(seed).next;
      const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
      const clock = new VirtualClock();
      const hub = new ReviewHub(clock);
      const people = ['a', 'b', 'c'].map((name) =>
        enter(hub, clock, name, { delayMs: 5 + Math.floor(random() * 200) }),
      );
      const nameOf = (person: Person): string => 'abc'[people.indexOf(person)] ?? '';
      /** By mark: every shape that its author ever gave it. */
      const given = new Map<string, Set<number>>();
      for (let step = 0; step < 150; step++) {
        const person = pick(people);
        const annotationId = `${nameOf(person)}-${Math.floor(random() * 3)}`;
        const action = random();
        if (action < 0.3) {
          person.session.put(annotationId, target, lengthOf(step));
          given.set(annotationId, (given.get(annotationId) ?? new Set()).add(step));
        } else if (action < 0.38) {
          const shown = person.session.annotations(everything);
          const any = shown.length > 0 ? pick(shown) : undefined;
          if (any && person.session.mayRemove(any) !== 'no') person.session.remove(any.annotationId);
        } else if (action < 0.46) person.session.step('undo');
        else if (action < 0.5) person.session.step('redo');
        else if (action < 0.6) person.look(viewportAt(step));
        else if (action < 0.65) person.session.ask();
        else if (action < 0.7) person.session.answer(random() < 0.5);
        else if (action < 0.75) person.session.follow();
        else if (action < 0.85) person.link.break();
        else person.link.connect();
        await clock.pass(Math.floor(random() ** 4 * 3000));
      }
      for (const person of people) person.link.connect();
      await clock.pass(60_000);
      const leader = people.find((person) => person.session.state.presenting);
      leader?.look(viewportAt(12_345));
      for (const person of people) person.session.follow();
      await clock.pass(5000);

      const stored = [...hub.annotations.values()].filter((annotation) => annotation.shape);
      for (const person of people) {
        const { unsent, phase } = person.session.state;
        assert.deepEqual({ unsent, phase }, { unsent: 0, phase: 'live' });
        const shown = person.session.annotations(everything);
        assert.deepEqual(namesOf(shown), namesOf(stored));
        for (const annotation of shown) {
          const { shape, revision, authorId } = hub.annotations.get(annotation.annotationId) ?? assert.fail('unknown');
          assert.deepEqual([annotation.shape, annotation.revision, annotation.authorId], [shape, revision, authorId]);
        }
        if (leader) assert.deepEqual(person.shown(), viewportAt(12_345));
      }
      for (const { annotationId, authorId, shape } of stored) {
        assert.equal(authorId, `account-${annotationId[0]}`, `${annotationId} has another author`);
        assert.ok(shape?.kind === 'length' && given.get(annotationId)?.has(shape.end.x), `${annotationId} was moved`);
      }
      assert.ok(people.filter((person) => person.session.state.presenting).length <= 1);
    });
});
