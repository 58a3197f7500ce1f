import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSfuControl, type SfuControl } from '../../../sfu/control.ts';
import { eventually, rises } from '../../support/eventually.ts';
import { type HallPerson, HallWorld, hallGrant } from '../../support/hall-world.ts';
import { connectSfu } from '../../support/sfu-client.ts';

/** Whatever was on its way has come by then. */
const ON_ITS_WAY_MS = 60;
const BOTH = { picture: true, sound: true };

describe('the cut switch of a hall', () => {
  let world: HallWorld;
  let control: SfuControl;
  let theatre: HallPerson;
  let chair: HallPerson;
  let watchers: HallPerson[];
  let field: string;
  let voice: string;
  before(async () => {
    world = await HallWorld.start(2);
    control = createSfuControl({ url: world.sfu.url, secret: world.sfu.secret });
  });
  after(() => world.close());
  beforeEach(async () => {
    theatre = await world.enter('theatre');
    chair = await world.enter('stage');
    field = (await theatre.publish('field', undefined, 20)).producerId;
    voice = (await theatre.publish('audio', undefined, 20)).producerId;
    watchers = await Promise.all([1, 2, 3, 4].map(() => world.enter('audience')));
    for (const person of [...watchers, chair]) {
      await person.watch(field);
      await person.watch(voice);
      await rises('the field', 3, () => person.arrived(field));
    }
  });
  afterEach(() => world.empty());

  /** Nothing of a track comes to anybody for a while. */
  async function staysDark(...producerIds: string[]): Promise<void> {
    await sleep(ON_ITS_WAY_MS);
    const count = () =>
      [...watchers, chair].map((person) => producerIds.map((producerId) => person.arrived(producerId)));
    const before = count();
    await sleep(300);
    assert.deepEqual(count(), before);
  }

  it('[SF41] cuts picture and sound at once for everyone, on every worker, and says so', async () => {
    const cut = await control.cutHall(world.roomId, BOTH);
    assert.deepEqual(cut, { number: 1, picture: true, sound: true });
    await staysDark(field, voice);
    for (const person of [...watchers, theatre]) {
      for (const producerId of [field, voice])
        assert.deepEqual(await person.client.next('producer:paused', (one) => one.producerId === producerId), {
          producerId,
          by: 'cut',
        });
      await person.client.next('hall:state', (state) => state.cut.picture && state.cut.sound);
    }
    await control.resumeHall(world.roomId, { number: 1, ...BOTH });
    for (const person of watchers) {
      await rises('the field', 3, () => person.arrived(field));
      await rises('the voice', 3, () => person.arrived(voice));
    }
  });

  it('[SF41] one of both may be cut, and the stage goes on', async () => {
    const { producerId: comment } = await chair.publish('audio');
    await watchers[0]?.watch(comment);
    await control.cutHall(world.roomId, { picture: true, sound: false });
    await staysDark(field);
    for (const producerId of [voice, comment]) await rises('a voice', 3, () => watchers[0]?.arrived(producerId) ?? 0);
  });

  it('[SF42] holds for whoever comes, whatever is published and whoever comes back', async () => {
    await control.cutHall(world.roomId, BOTH);
    const late = await world.enter('audience');
    assert.deepEqual(late.snapshot.hall?.cut, { number: 1, picture: true, sound: true });
    const { producerId: device } = await theatre.publish('device');
    assert.ok((await late.client.next('producer:created')).paused);
    const again = await connectSfu(world.sfu.url, theatre.token);
    await again.get('room:join', { sessionId: randomUUID(), resume: false, takeOver: true });
    again.close();
    const surgeon = await world.enter('theatre');
    const { producerId: second } = await surgeon.publish('field', undefined, 20);
    await surgeon.client.get('producer:pause', { producerId: second });
    await surgeon.client.get('producer:resume', { producerId: second });
    watchers.push(late);
    for (const watcher of watchers) await watcher.watch(second);
    await staysDark(second, device);
    await control.resumeHall(world.roomId, { number: 1, ...BOTH });
    for (const watcher of watchers) await rises('the field', 3, () => watcher.arrived(second));
  });

  it('[SF42] a cut before anybody is there holds for the first who come', async () => {
    const before = world.roomId;
    world.roomId = randomUUID();
    await control.cutHall(world.roomId, BOTH);
    const surgeon = await world.enter('theatre');
    const { producerId } = await surgeon.publish('field', undefined, 20);
    const watcher = await world.enter('audience');
    assert.ok(watcher.snapshot.producers[0]?.paused);
    await watcher.watch(producerId);
    await sleep(300);
    assert.equal(watcher.arrived(producerId), 0);
    await world.sfu.sfu.endRoom(before);
  });

  it('[SF42] an sfu that was started anew takes over what the server knows to be cut', async () => {
    const before = world.roomId;
    world.roomId = randomUUID();
    const grant = hallGrant('theatre', { cut: { picture: true, sound: false } });
    const surgeon = await world.enter('theatre', grant);
    assert.deepEqual(surgeon.snapshot.hall?.cut, { number: 1, picture: true, sound: false });
    await world.sfu.sfu.resumeHall(world.roomId, { number: 1, ...BOTH });
    assert.equal((await world.enter('theatre', grant)).snapshot.hall?.cut.picture, false);
    await world.sfu.sfu.endRoom(before);
  });

  it('[SF43] whoever may cuts without the server; others may not', async () => {
    const advocate = await world.enter('advocate');
    for (const person of [watchers[0], chair]) {
      const refused = await person?.client.ask('hall:cut', BOTH);
      assert.ok(refused && !refused.ok && refused.failure.code === 'forbidden');
    }
    assert.equal((await advocate.client.get('hall:cut', BOTH)).number, 1);
    await staysDark(field, voice);
    assert.equal((await theatre.client.get('hall:cut', { picture: true, sound: false })).number, 2);
    const older = await theatre.client.ask('hall:resume', { number: 1, ...BOTH });
    assert.equal(!older.ok && older.failure.code, 'conflict');
    await assert.rejects(control.resumeHall(world.roomId, { number: 1, ...BOTH }), /newest/);
    await staysDark(field, voice);
    const resume = { number: 2, ...BOTH };
    assert.deepEqual(await theatre.client.get('hall:resume', resume), { number: 2, picture: false, sound: false });
    assert.deepEqual(await theatre.client.get('hall:resume', resume), { number: 2, picture: false, sound: false });
    await eventually('the field is back', async () => {
      await rises('the field', 3, () => watchers[0]?.arrived(field) ?? 0);
      return true;
    });
  });

  it('[SF43] what its owner paused stays paused when the cut ends', async () => {
    await theatre.client.get('producer:pause', { producerId: voice });
    await control.cutHall(world.roomId, BOTH);
    await control.resumeHall(world.roomId, { number: 1, ...BOTH });
    await rises('the field', 3, () => watchers[0]?.arrived(field) ?? 0);
    await staysDark(voice);
    await theatre.client.get('producer:resume', { producerId: voice });
    await rises('the voice', 3, () => watchers[0]?.arrived(voice) ?? 0);
  });
});
