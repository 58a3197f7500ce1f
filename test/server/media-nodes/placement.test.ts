import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { chooseForWatcher, chooseOrigin, drawOrigin, type NodeChoice } from '../../../server/media-nodes/placement.ts';
import { KnownNodes } from '../../../sfu/nodes/known-nodes.ts';
import type { NodeRecord } from '../../../sfu/nodes/node-record.ts';

const roomId = randomUUID();
const node = (load: number, changes: Partial<NodeChoice> = {}): NodeChoice => ({
  nodeId: randomUUID(),
  load,
  state: 'open',
  rooms: {},
  ...changes,
});

describe('where the server sends people', () => {
  it('puts a theatre on the least loaded node that is not about to stop', () => {
    const [busy, idle, leaving] = [node(0.5), node(0.1), node(0, { state: 'draining' })];
    assert.equal(chooseOrigin([busy, leaving, idle]), idle);
    assert.equal(chooseOrigin([leaving]), undefined);
  });

  it('puts a theatre on the same node, whichever server is asked, while they cannot agree', () => {
    const nodes = Array.from({ length: 5 }, (_, index) => node(index / 10, index === 0 ? { state: 'draining' } : {}));
    const [leaving] = nodes;
    const origins = Array.from({ length: 100 }, () => {
      const room = randomUUID();
      const drawn = drawOrigin(nodes, room);
      const seenByOther = nodes.map((one) => ({ ...one, load: Math.random() })).toReversed();
      assert.equal(drawOrigin(seenByOther, room)?.nodeId, drawn?.nodeId);
      return drawn;
    });
    assert.ok(!origins.includes(leaving) && new Set(origins).size === 4, 'each of the others now and then');
  });

  it('fills the nodes that a hall is on before it begins with another one', () => {
    const [origin, used, idle] = [node(0.55), node(0.3, { rooms: { [roomId]: 5 } }), node(0)];
    const choose = () => chooseForWatcher([idle, origin, used], { roomId, originId: origin.nodeId });
    assert.equal(choose(), used);
    used.load = 0.6;
    assert.equal(choose(), origin);
    origin.load = 0.7;
    assert.equal(choose(), idle);
    idle.load = 0.65;
    assert.equal(choose(), used, 'where all are full the least loaded');
  });
});

describe('the nodes that are known', () => {
  const record = (beat: number, changes: Partial<NodeRecord> = {}): NodeRecord => ({
    nodeId: '11111111-1111-4111-8111-111111111111',
    startedAtMs: 1,
    beat,
    url: 'http://10.0.0.11:3001',
    publicUrl: '/nodes/a',
    state: 'open',
    workers: 1,
    load: 0,
    busiestCpuShare: 0,
    rooms: {},
    origins: [],
    ...changes,
  });

  it('doubts a node after a missed heartbeat, and gives it up after three', () => {
    const known = new KnownNodes();
    const { nodeId } = record(1);
    known.hear([record(1)], 0);
    known.hear([record(1)], 2_500);
    assert.equal(known.isDoubted(nodeId), false);
    known.hear([record(1)], 3_500);
    assert.equal(known.isDoubted(nodeId), true);
    known.hear([record(2)], 5_000);
    assert.equal(known.isDoubted(nodeId), false);
    known.hear([record(2)], 11_500);
    known.hear([record(2)], 12_500);
    assert.deepEqual(known.living, [], 'what it said last is no heartbeat');
  });

  it('takes nobody for dead while Redis is silent, or as soon as it comes back empty', () => {
    const known = new KnownNodes();
    known.hear([record(1)], 0);
    known.miss();
    known.hear([], 60_000);
    assert.equal(known.living.length, 1);
    known.hear([], 65_000);
    assert.equal(known.living.length, 1);
    known.hear([], 67_000);
    assert.equal(known.living.length, 0);
  });

  it('keeps in mind where a silent node was, which may have lost Redis alone, until its place is taken or it is back', () => {
    const known = new KnownNodes();
    known.hear([record(1)], 0);
    known.hear([record(1)], 7_000);
    assert.deepEqual([known.living, known.silent], [[], [record(1)]]);
    known.hear([], 60_000);
    assert.deepEqual(known.silent, [record(1)], 'no longer registered');
    known.hear([record(9)], 61_000);
    assert.deepEqual([known.living, known.silent], [[record(9)], []]);
    known.hear([record(9)], 70_000);
    known.hear([record(1, { nodeId: '22222222-2222-4222-8222-222222222222', startedAtMs: 2 })], 71_000);
    assert.deepEqual(known.silent, []);
  });

  it('forgets at once a node that says that it ends, and one whose place another has taken', () => {
    const known = new KnownNodes();
    known.hear([record(1)], 0);
    const next = record(1, { nodeId: '22222222-2222-4222-8222-222222222222', startedAtMs: 2 });
    known.hear([record(1), next], 1_000);
    assert.deepEqual(known.living, [next]);
    known.hear([{ ...next, state: 'closed' }], 2_000);
    assert.deepEqual([known.living, known.silent], [[], []]);
  });
});
