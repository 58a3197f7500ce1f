import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createNodeControl } from '../../sfu/control.ts';
import { rises, settles } from '../support/eventually.ts';
import { hallGrant } from '../support/hall-world.ts';
import { type SeatedPerson, SfuNodes } from '../support/sfu-nodes.ts';

const BOTH = { picture: true, sound: true };
const PICTURE = { picture: true, sound: false };
const NOTHING = { picture: false, sound: false };
/** Several packets would come in this time. */
const QUIET_MS = 300;

describe('a hall whose nodes do not all reach each other', function () {
  this.timeout(120_000);
  let nodes: SfuNodes;
  let theatre: SeatedPerson;
  let field: string;
  /** One beside the theatre, and one on another node. */
  let near: SeatedPerson;
  let far: SeatedPerson;

  before(async () => {
    nodes = await SfuNodes.start(3);
  });
  after(() => nodes.close());
  beforeEach(async () => {
    theatre = await nodes.enter('theatre');
    field = (await theatre.publish('field', undefined, 20)).producerId;
    near = await watchAt(theatre.url);
    far = await watchAt(nodes.otherThan(theatre.url).url);
  });
  afterEach(async () => {
    for (const { gate, redisGate } of nodes.processes) {
      gate.open();
      redisGate.open();
    }
    await nodes.areThere(3);
    await nodes.empty();
  });

  async function watchAt(url: string): Promise<SeatedPerson> {
    const watcher = await nodes.enter('audience', { url });
    await watcher.watch(field);
    return watcher;
  }

  const sees = (who: SeatedPerson) => rises('the field', 3, () => who.arrived(field));

  /** What was on its way has come, and nothing follows. */
  async function isDark(...people: SeatedPerson[]): Promise<void> {
    const count = () => people.reduce((sum, one) => sum + one.arrived(field), 0);
    await settles(count, QUIET_MS);
    const before = count();
    await sleep(QUIET_MS);
    assert.equal(count(), before);
  }

  const isCutAs = async (who: SeatedPerson, number: number, what: typeof BOTH) => {
    await who.client.next(
      'hall:state',
      ({ cut }) => cut.number === number && cut.picture === what.picture && cut.sound === what.sound,
    );
  };

  it('[SF59] a cut counts once at however many nodes it is heard, and is kept at none once it is ended', async () => {
    const { sfu } = nodes.server;
    const pid = nodes.processAt(theatre.url).pid();
    process.kill(pid, 'SIGSTOP');
    const orders = [sfu.cutHall(nodes.roomId, PICTURE), sfu.cutHall(nodes.roomId, BOTH)];
    try {
      await far.client.next('hall:state', ({ cut }) => cut.picture && cut.sound);
      await isDark(far);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    const numbers = (await Promise.all(orders)).map(({ number }) => number);
    // The first may be answered after the second was counted, and then tells of both.
    assert.ok(numbers.every((number) => number === 1 || number === 2) && numbers.includes(2), String(numbers));
    await isDark(near, far);
    assert.deepEqual(await sfu.resumeHall(nodes.roomId, { number: 2, ...BOTH }), { number: 2, ...NOTHING });
    for (const watcher of [near, far]) await sees(watcher);
    const third = nodes.processes.find(({ url }) => url !== theatre.url && url !== far.url) ?? assert.fail();
    const late = await watchAt(third.url);
    await sees(late);
    assert.deepEqual(late.snapshot.hall?.cut, { number: 2, ...NOTHING });
    for (const watcher of [near, far]) await sees(watcher);
  });

  it('[SF59] a cut reaches a theatre’s node that the server does not reach over another one’s link, and so does its end', async () => {
    const { gate } = nodes.processAt(theatre.url);
    gate.shut('control');
    assert.deepEqual(await nodes.server.sfu.cutHall(nodes.roomId, BOTH), { number: 1, ...BOTH });
    await isDark(near, far);
    await isCutAs(theatre, 1, BOTH);
    await assert.rejects(nodes.server.sfu.resumeHall(nodes.roomId, { number: 0, ...BOTH }), /newest/);
    assert.deepEqual(await nodes.server.sfu.resumeHall(nodes.roomId, { number: 1, ...BOTH }), {
      number: 1,
      ...NOTHING,
    });
    for (const watcher of [near, far]) await sees(watcher);
  });

  it('[SF59] a cut holds at the nodes that are reached, and at the theatre’s as soon as any way leads there, as one cut', async () => {
    const { gate } = nodes.processAt(theatre.url);
    const order = { orderId: randomUUID(), ...BOTH };
    gate.shut('control');
    gate.shut('link');
    await assert.rejects(nodes.server.sfu.cutHall(nodes.roomId, order), /does not answer|answered 503/);
    await far.client.next('hall:state', ({ cut }) => cut.picture && cut.sound);
    await isDark(far);
    // Another one in vain, as the server tells it again each second.
    await assert.rejects(nodes.server.sfu.cutHall(nodes.roomId, order), /does not answer|answered 503/);
    gate.open();
    gate.shut('control');
    await isCutAs(theatre, 1, BOTH);
    await isDark(near, far);
    gate.open();
    assert.deepEqual(await nodes.server.sfu.cutHall(nodes.roomId, order), { number: 1, ...BOTH });
    await nodes.server.sfu.resumeHall(nodes.roomId, { number: 1, ...BOTH });
    for (const watcher of [near, far]) await sees(watcher);
  });

  it('[SF59] a cut, its end and a removal reach a theatre’s node that has lost Redis alone, and its people are known to be there', async () => {
    const { server, roomId } = nodes;
    nodes.processAt(theatre.url).redisGate.shut('control');
    await nodes.areThere(2);
    const here = async () =>
      (await server.sfu.listPeople()).flatMap((one) => (one.roomId === roomId ? one.accountId : []));
    assert.ok((await here()).includes(theatre.accountId));
    assert.deepEqual(await server.sfu.cutHall(roomId, BOTH), { number: 1, ...BOTH });
    await isDark(near, far);
    assert.deepEqual(await server.sfu.resumeHall(roomId, { number: 1, ...BOTH }), { number: 1, ...NOTHING });
    for (const watcher of [near, far]) await sees(watcher);
    await server.sfu.removePerson({ accountId: near.accountId, roomId });
    await near.client.next('peer:removed');
    assert.ok(!(await here()).includes(near.accountId));
  });

  it('[SF59] a cut is not said to be made while the theatre’s node is cut off from Redis, servers and nodes, and is made there afterwards', async () => {
    const { server, roomId } = nodes;
    const { gate, redisGate } = nodes.processAt(theatre.url);
    const order = { orderId: randomUUID(), ...BOTH };
    redisGate.shut('control');
    await nodes.areThere(2);
    gate.shut('control');
    gate.shut('link');
    // The sfu of another node must not answer for it: nobody of the theatre is there.
    for (let times = 0; times < 2; times += 1) await assert.rejects(server.sfu.cutHall(roomId, order), /answer/);
    await isDark(far);
    gate.open();
    assert.deepEqual(await server.sfu.cutHall(roomId, order), { number: 1, ...BOTH });
    await isDark(near, far);
    redisGate.open();
    await nodes.areThere(3);
    assert.deepEqual(await server.sfu.resumeHall(roomId, { number: 1, ...BOTH }), { number: 1, ...NOTHING });
    for (const watcher of [near, far]) await sees(watcher);
  });

  it('[SF59] an end that the theatre’s node refuses ends no cut on a node that nobody has come to yet', async () => {
    const { server, roomId } = nodes;
    await server.sfu.cutHall(roomId, BOTH);
    await theatre.client.get('hall:cut', BOTH);
    await assert.rejects(server.sfu.resumeHall(roomId, { number: 1, ...BOTH }), /newest/);
    const third = nodes.processes.find(({ url }) => url !== theatre.url && url !== far.url) ?? assert.fail();
    const control = createNodeControl({ url: third.gate.url, secret: nodes.secret });
    const cutThere = async () => (await control.listHalls()).find((hall) => hall.roomId === roomId)?.cut;
    assert.deepEqual(await cutThere(), { number: 1, ...BOTH });
    await server.sfu.resumeHall(roomId, { number: 2, ...BOTH });
    assert.deepEqual(await cutThere(), { number: 2, ...NOTHING });
  });

  it('[SF59] a cut is made by a server that has sent nobody anywhere, while Redis hangs', async () => {
    const other = await nodes.openServer();
    nodes.redis.hang();
    try {
      assert.deepEqual(await other.sfu.cutHall(nodes.roomId, BOTH), { number: 1, ...BOTH });
      await isDark(near, far);
      assert.deepEqual(await other.sfu.resumeHall(nodes.roomId, { number: 1, ...BOTH }), { number: 1, ...NOTHING });
      for (const watcher of [near, far]) await sees(watcher);
    } finally {
      nodes.redis.goOn();
      await other.sfu.close();
    }
  });

  it('[SF59] a cut that only the server kept reaches the theatre’s node with whoever comes next, at whichever node', async () => {
    for (const [number, url] of [
      [3, far.url],
      [5, theatre.url],
    ] as const) {
      const accountId = randomUUID();
      await nodes.seatAt(url, accountId);
      const { originNodeId } = await nodes.server.placeIn(nodes.roomId, { accountId, isWatcher: true });
      const hall = { cut: { number, ...BOTH }, ...(originNodeId !== undefined && { originNodeId }) };
      await nodes.enter('audience', { url, grant: { accountId, ...hallGrant('audience', hall) } });
      await isCutAs(theatre, number, BOTH);
      await isDark(near, far);
      await nodes.server.sfu.resumeHall(nodes.roomId, { number, ...BOTH });
      for (const watcher of [near, far]) await sees(watcher);
    }
  });

  it('[SF60] a hall that two servers open while Redis hangs is on one node', async () => {
    const other = await nodes.openServer();
    nodes.redis.hang();
    try {
      for (let count = 0; count < 3; count += 1) {
        const roomId = randomUUID();
        const [one, two] = await Promise.all(
          [nodes.server, other].map((server) => server.placeIn(roomId, { accountId: randomUUID(), isWatcher: false })),
        );
        assert.ok(one?.originNodeId !== undefined && one.originNodeId === two?.originNodeId);
      }
    } finally {
      nodes.redis.goOn();
      await other.sfu.close();
    }
  });

  it('[SF59] a cut on the theatre’s own signalling is told to the other nodes, and ended over one of them', async () => {
    await theatre.client.get('hall:cut', BOTH);
    await isCutAs(far, 1, BOTH);
    await isDark(near, far);
    const halls = (await nodes.server.sfu.listHalls()).filter(({ roomId }) => roomId === nodes.roomId);
    assert.deepEqual(
      halls.map(({ cut, cutBy }) => ({ cut, cutBy })),
      [{ cut: { number: 1, ...BOTH }, cutBy: theatre.accountId }],
    );
    nodes.processAt(theatre.url).gate.shut('control');
    await nodes.server.sfu.resumeHall(nodes.roomId, { number: 1, ...BOTH });
    for (const watcher of [near, far]) await sees(watcher);
  });

  it('[SF60] whoever watches and does not get through to a node is sent to another one, and theatre and stage stay where they are', async () => {
    const { server, roomId } = nodes;
    const { accountId } = far;
    const placed = (who: { accountId: string; isWatcher: boolean }, unreached: string) =>
      server.placeIn(roomId, { ...who, unreached });
    const elsewhere = await placed({ accountId, isWatcher: true }, far.url);
    assert.notEqual(elsewhere.sfuUrl, far.url);
    const again = await server.placeIn(roomId, { accountId, isWatcher: true });
    assert.equal(again.sfuUrl, elsewhere.sfuUrl, 'and stays there');
    assert.equal((await placed({ accountId: theatre.accountId, isWatcher: false }, theatre.url)).sfuUrl, theatre.url);
  });

  it('[SF60] nobody is taken for gone because their node does not say who is there', async () => {
    const { sfu } = nodes.server;
    const peopleHere = (people: { roomId: string; accountId: string }[]) =>
      people.filter(({ roomId }) => roomId === nodes.roomId).map(({ accountId }) => accountId);
    const everybody = [theatre, near, far].map(({ accountId }) => accountId).toSorted();
    assert.deepEqual(peopleHere(await sfu.listPeople()).toSorted(), everybody);
    nodes.processAt(theatre.url).gate.shut('control');
    await assert.rejects(sfu.listPeople(), /does not answer/);
    assert.deepEqual(peopleHere(await sfu.listPeopleReached()), [far.accountId]);
    const halls = (await sfu.listHalls()).filter(({ roomId }) => roomId === nodes.roomId);
    assert.deepEqual(halls, [], 'nor is what another node last heard taken for what is cut');
  });
});
