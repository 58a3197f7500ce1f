import assert from 'node:assert/strict';
import { LastN } from '../../../sfu/hall/last-n.ts';
import { eventually, rises } from '../../support/eventually.ts';
import { HallWorld } from '../../support/hall-world.ts';

const nobodyIsOff = () => false;

describe('which cameras of the stage are shown', () => {
  it('are all where there are few, and else those of who spoke last', () => {
    const lastN = new LastN(2);
    for (const peerId of ['a', 'b']) lastN.add(peerId);
    assert.deepEqual([...lastN.shown(nobodyIsOff)], ['a', 'b']);
    lastN.add('c');
    lastN.add('a');
    assert.deepEqual([...lastN.shown(nobodyIsOff)], ['a', 'b']);
    lastN.spoke('c');
    assert.deepEqual([...lastN.shown(nobodyIsOff)], ['c', 'a']);
    lastN.spoke('b');
    lastN.spoke('somebody without a camera');
    assert.deepEqual([...lastN.shown(nobodyIsOff)], ['b', 'c']);
    assert.deepEqual([...lastN.shown((peerId) => peerId === 'b')], ['c', 'a'], 'a camera that is off takes no place');
    lastN.remove('c');
    assert.deepEqual([...lastN.shown(nobodyIsOff)], ['b', 'a']);
  });

  it('[SF45] whoever speaks is shown to watchers in place of another; the theatre always is', async () => {
    const world = await HallWorld.start(2);
    const theatre = await world.enter('theatre');
    const { producerId: field } = await theatre.publish('field');
    const stage = [await world.enter('stage'), await world.enter('stage'), await world.enter('stage')];
    const cameras = [];
    for (const person of stage) cameras.push((await person.publish('video')).producerId);
    const watcher = await world.enter('audience');
    for (const producerId of [field, ...cameras]) await watcher.watch(producerId);
    const paused = watcher.snapshot.producers.filter((producer) => producer.paused).map(({ producerId }) => producerId);
    const [first = '', second = '', third = ''] = cameras;
    assert.deepEqual(paused, [third]);
    for (const producerId of [field, first, second]) await rises('what arrives', 3, () => watcher.arrived(producerId));
    assert.equal(watcher.arrived(third), 0);
    await stage[2]?.publish('audio', undefined, 20);
    await watcher.client.next('producer:resumed', ({ producerId }) => producerId === third);
    const hidden = await watcher.client.next('producer:paused', ({ by }) => by === 'last-n');
    assert.equal(hidden.producerId, second);
    for (const producerId of [field, first, third]) await rises('what arrives', 3, () => watcher.arrived(producerId));
    const speaker = stage[2]?.snapshot.peerId;
    await watcher.client.next('hall:state', ({ speakerPeerId }) => speakerPeerId === speaker);
    assert.ok(watcher.client.heard.every(({ name }) => name !== 'levels:changed' && name !== 'speaker:changed'));
    await eventually('the stage hears how loud', () =>
      theatre.client.heard.some(({ name }) => name === 'levels:changed'),
    );
    await stage[0]?.client.get('producer:close', { producerId: first });
    await watcher.client.next('producer:resumed', ({ producerId }) => producerId === second);
    await world.close();
  });
});
