import assert from 'node:assert/strict';
import { Failure } from '../../../server/contract/failure.ts';
import { enter, everything, namesOf, type Person } from '../../support/review-people.ts';
import { lengthOf, target, viewportAt } from '../../support/review-pictures.ts';
import { ReviewHub } from '../../support/review-world.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

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
