import assert from 'node:assert/strict';
import { createReviewSession, type ReviewSession } from '../../client/review/session.ts';
import { Failure } from '../../server/contract/failure.ts';
import type { Viewport } from '../../server/contract/picture-kinds.ts';
import { createRandom } from '../support/random.ts';
import { lengthOf, target, viewportAt } from './review-pictures.ts';
import { CONSULTATION_ID, ReviewHub, TestLink, VirtualClock } from './review-world.ts';

interface Person {
  link: TestLink;
  session: ReviewSession;
  /** What this person's screen shows. */
  shown(): Viewport | undefined;
  /** Moves the picture by hand. */
  look(viewport: Viewport): void;
}

function enter(
  hub: ReviewHub,
  clock: VirtualClock,
  name: string,
  { delayMs = 20, solo = false, leads = true } = {},
): Person {
  const me = { accountId: `account-${name}`, name };
  const link = new TestLink(hub, clock, me, delayMs);
  const session = createReviewSession({
    link,
    consultationId: CONSULTATION_ID,
    me,
    solo,
    leadsByMoving: () => leads,
    clock,
  });
  let shown: Viewport | undefined;
  session.onFollow((viewport) => {
    shown = viewport;
  });
  return {
    link,
    session,
    shown: () => shown,
    look(viewport) {
      shown = viewport;
      session.look(viewport);
    },
  };
}

const everything = () => true;
const namesOf = (annotations: { annotationId: string }[]): string[] =>
  annotations.map((each) => each.annotationId).sort();

describe('a shared review between two windows', () => {
  let clock: VirtualClock;
  let hub: ReviewHub;
  let county: Person;
  let specialist: Person;

  beforeEach(async () => {
    clock = new VirtualClock();
    hub = new ReviewHub(clock);
    county = enter(hub, clock, 'county');
    specialist = enter(hub, clock, 'specialist');
    await clock.pass(200);
  });

  it('lets whoever moves first present, and the other follows', async () => {
    county.look(viewportAt(1));
    await clock.pass(300);
    county.look(viewportAt(2));
    await clock.pass(300);
    assert.equal(county.session.state.presenting, true);
    assert.equal(specialist.session.state.presenter?.name, 'county');
    assert.deepEqual(specialist.shown(), viewportAt(2));
  });

  it('on a phone moving the picture is for oneself: nobody presents by it, and whoever presents later is followed', async () => {
    const phone = enter(hub, clock, 'phone', { leads: false });
    await clock.pass(200);
    phone.look(viewportAt(7));
    await clock.pass(300);
    assert.equal(county.session.state.presenter, null);
    assert.deepEqual(phone.shown(), viewportAt(7));
    specialist.look(viewportAt(2));
    await clock.pass(300);
    assert.deepEqual([phone.shown(), phone.session.state.following], [viewportAt(2), true]);
    phone.look(viewportAt(7));
    await clock.pass(300);
    assert.equal(specialist.session.state.presenting, true);
    assert.deepEqual(phone.shown(), viewportAt(7));
  });

  it('lets a follower look around freely and snap back', async () => {
    county.look(viewportAt(1));
    await clock.pass(300);
    specialist.look(viewportAt(50));
    county.look(viewportAt(2));
    await clock.pass(300);
    assert.equal(specialist.session.state.following, false);
    assert.deepEqual(specialist.shown(), viewportAt(50));
    assert.equal(county.session.state.presenting, true, 'looking around takes nothing from the presenter');
    specialist.session.follow();
    assert.deepEqual(specialist.shown(), viewportAt(2));
  });

  it('hands over when the presenter agrees, and the new presenter goes on from the same picture', async () => {
    county.look(viewportAt(1));
    await clock.pass(300);
    specialist.session.ask();
    await clock.pass(100);
    assert.equal(county.session.state.asked?.name, 'specialist');
    county.session.answer(true);
    await clock.pass(300);
    assert.equal(specialist.session.state.presenting, true);
    assert.equal(county.session.state.presenting, false);
    assert.equal(county.session.state.following, true);
    assert.deepEqual(county.shown(), viewportAt(1));
    specialist.look(viewportAt(9));
    await clock.pass(300);
    assert.deepEqual(county.shown(), viewportAt(9));
  });

  it('follows again after having presented, even for somebody who looked around freely before', async () => {
    county.look(viewportAt(1));
    await clock.pass(300);
    specialist.look(viewportAt(2));
    specialist.session.ask();
    await clock.pass(100);
    county.session.answer(true);
    await clock.pass(300);
    county.session.ask();
    await clock.pass(100);
    specialist.session.answer(true);
    await clock.pass(300);
    county.look(viewportAt(3));
    await clock.pass(300);
    assert.deepEqual(specialist.shown(), viewportAt(3));
  });

  it('tells the one who asked when the presenter declines', async () => {
    county.look(viewportAt(1));
    await clock.pass(300);
    const troubles: string[] = [];
    specialist.session.onTrouble((trouble) => troubles.push(trouble.kind));
    specialist.session.ask();
    await clock.pass(100);
    assert.equal(specialist.session.state.asking, true);
    county.session.answer(false);
    await clock.pass(300);
    assert.deepEqual(troubles, ['take-over-denied']);
    assert.equal(specialist.session.state.asking, false);
    assert.equal(county.session.state.presenting, true);
  });

  it('does not lose a “no” with a moment of the line: the question stays until the server has the answer', async () => {
    county.look(viewportAt(1));
    await clock.pass(300);
    specialist.session.ask();
    await clock.pass(100);
    const { handle } = hub;
    let lost = 0;
    hub.handle = async (peerId, name, input) => {
      if (name !== 'presenter:answer' || lost === 2) return handle.call(hub, peerId, name, input);
      lost++;
      throw new Failure('unavailable', 'lost on the way');
    };
    county.session.answer(false);
    await clock.pass(100);
    assert.equal(county.session.state.asked?.answer, false, 'the question stands, answered');
    await clock.pass(2000);
    assert.equal(lost, 2);
    assert.equal(county.session.state.asked, null);
    await clock.pass(12_000);
    assert.equal(county.session.state.presenting, true, 'the role was not given away');
  });

  it('withdraws the question when nobody has answered in time', async () => {
    county.look(viewportAt(1));
    await clock.pass(300);
    specialist.session.ask();
    await clock.pass(11_000);
    assert.equal(county.session.state.asked, null);
  });

  it('sends viewports at most 20 and pointers at most 30 times a second', async () => {
    county.look(viewportAt(0));
    await clock.pass(500);
    const from = hub.received.length;
    for (let step = 1; step <= 400; step++) {
      county.look(viewportAt(step));
      county.session.point(target, { x: step, y: 1 });
      await clock.pass(5);
    }
    const sent = hub.received.slice(from);
    const viewports = sent.filter((request) => request.name === 'viewport:move').length;
    const pointers = sent.filter((request) => request.name === 'pointer:move').length;
    assert.ok(viewports > 30 && viewports <= 41, `${viewports} viewports in two seconds`);
    assert.ok(pointers > 45 && pointers <= 61, `${pointers} pointers in two seconds`);
    await clock.pass(500);
    assert.deepEqual(specialist.shown(), viewportAt(400), 'the last one arrives');
  });

  it("shows the other's pointer and takes it away when it leaves, rests, or its owner goes", async () => {
    const xOf = () => specialist.session.pointers()[0]?.point?.x;
    county.session.point(target, { x: 5, y: 5 });
    await clock.pass(100);
    assert.equal(xOf(), 5);
    county.session.point(target, null);
    await clock.pass(100);
    assert.equal(xOf(), undefined);
    county.session.point(target, { x: 6, y: 5 });
    await clock.pass(2500);
    assert.equal(xOf(), 6);
    await clock.pass(1000);
    assert.equal(xOf(), undefined);
    county.session.point(target, { x: 7, y: 5 });
    await clock.pass(100);
    assert.equal(xOf(), 7);
    county.link.break();
    await clock.pass(100);
    assert.equal(xOf(), undefined);
  });

  it('shows what is drawn at once here, and on the other side when it has arrived', async () => {
    specialist.session.put('one', target, lengthOf(3));
    assert.deepEqual(namesOf(specialist.session.annotations(everything)), ['one']);
    assert.equal(specialist.session.state.unsent, 1);
    await clock.pass(100);
    assert.equal(specialist.session.state.unsent, 0);
    assert.deepEqual(county.session.annotations(everything)[0]?.authorName, 'specialist');
  });

  it('keeps what is drawn without a line and delivers it when the line is back', async () => {
    specialist.link.break();
    specialist.session.put('one', target, lengthOf(1));
    specialist.session.put('two', target, lengthOf(2));
    specialist.session.put('one', target, lengthOf(3));
    specialist.session.remove('two');
    await clock.pass(60_000);
    assert.equal(county.session.annotations(everything).length, 0);
    specialist.link.connect();
    await clock.pass(5000);
    assert.deepEqual(county.session.annotations(everything)[0]?.shape, lengthOf(3));
    assert.deepEqual(namesOf(county.session.annotations(everything)), ['one']);
    assert.equal(specialist.session.state.unsent, 0);
  });

  it('goes on presenting after an outage, with what was shown meanwhile', async () => {
    county.look(viewportAt(1));
    await clock.pass(300);
    county.link.break();
    await clock.pass(1000);
    county.look(viewportAt(77));
    await clock.pass(5000);
    county.link.connect();
    await clock.pass(3000);
    assert.equal(county.session.state.presenting, true);
    assert.deepEqual(specialist.shown(), viewportAt(77));
  });

  it('follows the new presenter when somebody took over during the outage', async () => {
    county.look(viewportAt(1));
    await clock.pass(300);
    county.link.break();
    await clock.pass(300);
    specialist.session.ask();
    await clock.pass(300);
    specialist.look(viewportAt(5));
    await clock.pass(300);
    county.link.connect();
    await clock.pass(3000);
    assert.equal(county.session.state.presenting, false);
    assert.deepEqual(county.shown(), viewportAt(5));
  });

  it('lets somebody look alone: annotations are there, nobody sees them come, nothing moves', async () => {
    county.session.put('one', target, lengthOf(1));
    county.look(viewportAt(1));
    await clock.pass(300);
    const alone = enter(hub, clock, 'alone', { solo: true });
    await clock.pass(300);
    assert.deepEqual(namesOf(alone.session.annotations(everything)), ['one']);
    assert.equal(alone.shown(), undefined);
    alone.look(viewportAt(3));
    alone.session.point(target, { x: 1, y: 1 });
    await clock.pass(300);
    const sent = hub.received.filter((request) => request.accountId === 'account-alone').map((request) => request.name);
    assert.deepEqual(sent, ['review:open', 'review:close']);
  });
});

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
