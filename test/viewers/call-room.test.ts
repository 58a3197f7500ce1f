import assert from 'node:assert/strict';
import type { types } from 'mediasoup-client';
import { guardIce } from '../../client/call/ice-guard.ts';
import type { LocalMedia } from '../../client/call/local-media.ts';
import { createPeerBook } from '../../client/call/peer-book.ts';
import { renewWhenStuck } from '../../client/call/renewal.ts';
import { createRoomClient } from '../../client/call/room-client.ts';
import type { Connect, Signalling, SignallingParts } from '../../client/call/signalling.ts';
import { createSubscription } from '../../client/call/subscription.ts';
import { createTickets } from '../../client/call/tickets.ts';
import { Failure } from '../../server/contract/failure.ts';
import type { PeerView } from '../../sfu/contract/room.ts';
import { createRandom } from '../support/random.ts';
import { VirtualClock } from './review-world.ts';

const peer = (peerId: string, accountId = `account of ${peerId}`, away = false): PeerView => ({
  peerId,
  accountId,
  displayName: peerId,
  facilityName: '县人民医院',
  role: 'physician',
  away,
});

describe('the way into a room', () => {
  describe('who is there', () => {
    it('keeps a person’s tile when the room was rebuilt and they come back as another peer', () => {
      const book = createPeerBook();
      book.stand([peer('a', 'li'), peer('b', 'chen')], false, 0);
      const keys = book.peers.map(({ key }) => key);
      book.stand([], false, 1_000);
      assert.deepEqual(
        book.peers.map(({ awaited }) => awaited),
        [true, true],
      );
      book.joined(peer('c', 'chen'));
      assert.deepEqual(
        book.peers.map(({ key }) => key),
        keys,
      );
      assert.deepEqual(
        book.peers.map(({ awaited }) => awaited),
        [true, false],
      );
    });

    it('forgets who does not come back within half a minute', () => {
      const book = createPeerBook();
      book.stand([peer('a')], false, 0);
      book.stand([], false, 1_000);
      assert.equal(book.sweep(30_000), false);
      assert.equal(book.sweep(31_000), true);
      assert.deepEqual(book.peers, []);
    });

    it('knows at once who left while one’s own line was lost', () => {
      const book = createPeerBook();
      book.stand([peer('a'), peer('b')], false, 0);
      book.stand([peer('b')], true, 1_000);
      assert.deepEqual(
        book.peers.map(({ peerId }) => peerId),
        ['b'],
      );
    });

    it('shows exactly whom the sfu has, and nobody twice, whatever happened (seeded)', () => {
      for (let seed = 1; seed <= 100; seed++) {
        const { below, next } = createRandom(seed);
        const book = createPeerBook();
        let there: PeerView[] = [];
        let made = 0;
        for (let step = 0; step < 60; step++) {
          const nowMs = step * 5_000;
          const dice = next();
          if (dice < 0.4) {
            made += 1;
            const joining = peer(`peer ${made}`, `account ${below(3)}`);
            there.push(joining);
            book.joined(joining);
          } else if (dice < 0.6 && there.length > 0) {
            const [left] = there.splice(below(there.length), 1);
            if (left) book.left(left.peerId);
          } else if (dice < 0.8) {
            // A lost line: what happened meanwhile shows in the snapshot alone.
            there = there.filter(() => next() < 0.7);
            book.stand(there, true, nowMs);
          } else {
            there = there.map(({ accountId }) => peer(`peer ${++made}`, accountId)).filter(() => next() < 0.5);
            book.stand(there, false, nowMs);
          }
          book.sweep(nowMs);
          const shown = book.peers.filter(({ awaited }) => !awaited).map(({ peerId }) => peerId);
          assert.deepEqual(shown.sort(), there.map(({ peerId }) => peerId).sort(), `seed ${seed}, step ${step}`);
          const keys = book.peers.map(({ key }) => key);
          assert.equal(new Set(keys).size, keys.length, `seed ${seed}, step ${step}`);
        }
        assert.deepEqual(book.sweep(1e9) ? book.peers.some(({ awaited }) => awaited) : false, false);
      }
    });
  });

  describe('tickets', () => {
    const ticket = (expiresAtMs: number) => ({
      sfuUrl: '',
      token: 'token',
      expiresAt: new Date(expiresAtMs).toISOString(),
      iceServers: [],
    });

    it('uses a ticket as long as it is good, so that a lost sfu does not need the server', async () => {
      let nowMs = 0;
      let fetched = 0;
      const tickets = createTickets(
        async () => ticket(300_000 * ++fetched),
        () => nowMs,
      );
      await tickets.get();
      nowMs = 280_000;
      await tickets.get();
      assert.equal(fetched, 1);
      nowMs = 295_000;
      await tickets.get();
      assert.equal(fetched, 2);
      tickets.drop();
      await tickets.get();
      assert.equal(fetched, 3);
    });
  });

  describe('getting in', () => {
    const noMedia = {
      state: { microphone: { on: false }, camera: { on: false } },
      onState: () => () => {},
    } as unknown as LocalMedia;

    /** What each attempt meets, in turn; the last goes on for ever. */
    function strive(meets: (Failure | 'connected')[], ticketMeets: (Failure | 'given')[] = ['given']) {
      const clock = new VirtualClock();
      const attempts: number[] = [];
      let tickets = 0;
      let lose: SignallingParts['onLost'] = () => {};
      const turn = <T>(from: T[], index: number): T => from[Math.min(index, from.length - 1)] as T;
      const connect: Connect = async ({ onLost }) => {
        attempts.push(clock.nowMs());
        const met = turn(meets, attempts.length - 1);
        if (met instanceof Failure) throw met;
        lose = onLost;
        return {
          request: async () => ({ peers: [peer('a')] }) as never,
          close: () => {},
        };
      };
      const client = createRoomClient({
        fetchTicket: async () => {
          const met = turn(ticketMeets, tickets++);
          if (met instanceof Failure) throw met;
          return { sfuUrl: '', token: `t${tickets}`, expiresAt: '2999-01-01T00:00:00Z', iceServers: [] };
        },
        media: noMedia,
        sessionId: crypto.randomUUID(),
        connect,
        clock,
        onFailure: () => {},
      });
      client.look();
      return { clock, client, attempts, tickets: () => tickets, lose: () => lose() };
    }
    const unreachable = new Failure('unavailable', 'the sfu could not be reached');

    it('says who is there, without entering', async () => {
      const { client, clock } = strive(['connected']);
      await clock.pass(10);
      assert.deepEqual(
        client.state.present.map(({ peerId }) => peerId),
        ['a'],
      );
      assert.equal(client.state.phase, 'outside');
      client.close();
    });

    it('tries for ever while the sfu is away, with one ticket', async () => {
      const { client, clock, attempts, tickets } = strive([unreachable]);
      await clock.pass(120_000);
      assert.ok(attempts.length > 15 && attempts.length < 30, String(attempts.length));
      assert.equal(tickets(), 1);
      assert.equal(client.state.phase, 'outside');
      client.close();
    });

    it('tries for ever while the server is away and there is no ticket', async () => {
      const { client, clock, attempts } = strive(
        ['connected'],
        [unreachable, new Failure('internal', 'a proxy’s page'), unreachable, unreachable, 'given'],
      );
      await clock.pass(60_000);
      assert.equal(attempts.length, 1);
      assert.equal(client.state.reachable, true);
      client.close();
    });

    it('fetches a fresh ticket where the sfu does not take the old one', async () => {
      for (const reason of ['token-expired', 'token-invalid', 'room-closed'] as const) {
        const code = reason === 'room-closed' ? 'conflict' : 'unauthenticated';
        const { client, clock, tickets } = strive([new Failure(code, 'no', { reason }), 'connected']);
        await clock.pass(10_000);
        assert.equal(tickets(), 2, reason);
        assert.equal(client.state.reachable, true, reason);
        client.close();
      }
    });

    it('stops and says why where trying is of no use', async () => {
      for (const failure of [
        new Failure('not-found', 'no such case'),
        new Failure('forbidden', 'not a participant'),
        new Failure('conflict', 'no call is on', { reason: 'state-not-allowed' }),
      ]) {
        const { client, clock, attempts } = strive(['connected'], [failure]);
        await clock.pass(60_000);
        assert.equal(client.state.phase, 'refused');
        assert.equal(client.state.failure?.code, failure.code);
        assert.equal(attempts.length, 0);
      }
    });

    it('comes back after each loss at once, and does not wait longer for having been lost before', async () => {
      const { client, clock, attempts, lose } = strive(['connected']);
      for (let loss = 0; loss < 5; loss++) {
        await clock.pass(20_000);
        lose();
        const lostAtMs = clock.nowMs();
        await clock.pass(50);
        assert.equal(attempts.at(-1), lostAtMs);
      }
      assert.equal(attempts.length, 6);
      client.close();
    });

    it('does not hurry where each connection breaks as soon as it stands', async () => {
      const { client, clock, attempts, lose } = strive(['connected']);
      for (let step = 0; step < 300; step++) {
        await clock.pass(100);
        lose();
      }
      assert.ok(attempts.length < 12, `${attempts.length} attempts in half a minute`);
      client.close();
    });

    it('does not wait any longer once the network is back', async () => {
      const { client, clock, attempts } = strive([unreachable, unreachable, unreachable, unreachable, 'connected']);
      await clock.pass(3_000);
      assert.equal(client.state.reachable, false);
      const before = attempts.length;
      client.nudge();
      await clock.pass(1);
      assert.equal(attempts.length, before + 1);
      client.close();
    });
  });

  describe('the path of the media', () => {
    class Path {
      connectionState: types.ConnectionState = 'connecting';
      closed = false;
      restarts = 0;
      readonly id = 'transport';
      #follow: (state: types.ConnectionState) => void = () => {};
      on(_: string, follow: (state: types.ConnectionState) => void): void {
        this.#follow = follow;
      }
      off(): void {}
      renewed: RTCIceServer[][] = [];
      async updateIceServers({ iceServers }: { iceServers: RTCIceServer[] }): Promise<void> {
        this.renewed.push(iceServers);
      }
      async restartIce(): Promise<void> {
        this.restarts += 1;
      }
      become(state: types.ConnectionState): void {
        this.connectionState = state;
        this.#follow(state);
      }
    }
    function guard(answers: () => Promise<unknown> = async () => ({ iceParameters: {} })) {
      const path = new Path();
      const clock = new VirtualClock();
      let hopeless = 0;
      const guarded = guardIce({
        transport: path as unknown as types.Transport,
        fetchIceServers: async () => [{ urls: 'turn:relay.example', username: `credentials ${path.restarts + 1}` }],
        request: answers as unknown as Signalling['request'],
        clock,
        onChange: () => {},
        onHopeless: () => {
          hopeless += 1;
        },
        onFailure: () => {},
      });
      path.become('connected');
      return { path, clock, guarded, hopeless: () => hopeless };
    }

    it('lets a moment’s interruption heal by itself', async () => {
      const { path, clock } = guard();
      path.become('disconnected');
      await clock.pass(1_900);
      path.become('connected');
      await clock.pass(20_000);
      assert.equal(path.restarts, 0);
    });

    it('seeks a new path after two seconds, and again until there is one', async () => {
      const { path, clock, hopeless } = guard();
      path.become('disconnected');
      await clock.pass(2_000);
      assert.equal(path.restarts, 1);
      await clock.pass(6_000);
      assert.equal(path.restarts, 2);
      path.become('connected');
      await clock.pass(60_000);
      assert.deepEqual([path.restarts, hopeless()], [2, 0]);
      assert.deepEqual(
        path.renewed.map(([server]) => server?.username),
        ['credentials 1', 'credentials 2'],
        'with relays’ credentials that are good at that moment',
      );
    });

    it('builds everything anew where no path is found, or the sfu has forgotten it', async () => {
      const lasting = guard();
      lasting.path.become('failed');
      await lasting.clock.pass(60_000);
      assert.equal(lasting.hopeless(), 1);
      const forgotten = guard(async () => {
        throw new Failure('not-found', 'no such transport');
      });
      forgotten.path.become('failed');
      await forgotten.clock.pass(10);
      assert.equal(forgotten.hopeless(), 1);
    });

    it('waits for the connection to the sfu where that is lost too', async () => {
      let down = true;
      const { path, clock, guarded, hopeless } = guard(async () => {
        if (down) throw new Failure('unavailable', 'no connection');
        return { iceParameters: {} };
      });
      path.become('failed');
      await clock.pass(60_000);
      assert.deepEqual([path.restarts, hopeless()], [0, 0]);
      down = false;
      guarded.restart();
      await clock.pass(10);
      assert.equal(path.restarts, 1);
    });
  });

  describe('a receive transport that does not recover', () => {
    it('is replaced after a quarter of a minute without pictures, then with growing patience', async () => {
      const clock = new VirtualClock();
      const renewed: number[] = [];
      let stuck = true;
      const renewal = renewWhenStuck({
        clock,
        isStuck: () => stuck,
        renew: () => renewed.push(Math.round(clock.nowMs() / 1000)),
      });
      await clock.pass(200_000);
      assert.deepEqual(renewed, [16, 76]);
      stuck = false;
      await clock.pass(15_000);
      stuck = true;
      await clock.pass(20_000);
      assert.equal(renewed.length, 3);
      renewal.close();
      await clock.pass(600_000);
      assert.equal(renewed.length, 3);
    });
  });

  describe('a picture of somebody else', () => {
    function subscribe() {
      const asked: [string, unknown][] = [];
      const clock = new VirtualClock();
      let framesDecoded = 0;
      const consumer = {
        id: 'consumer',
        track: {},
        close: () => {},
        getStats: async () => new Map([['in', { id: 'in', type: 'inbound-rtp', framesDecoded }]]),
      };
      const subscription = createSubscription({
        view: { producerId: 'producer', peerId: 'peer', kind: 'video', source: 'video', paused: false },
        gate: undefined,
        transport: () => ({ closed: false, consume: async () => consumer }) as unknown as types.Transport,
        request: (async (name: string, input: unknown) => {
          asked.push([name, input]);
          return name === 'consumer:create' ? { consumerId: 'consumer', producerId: 'producer', kind: 'video' } : {};
        }) as unknown as Signalling['request'],
        clock,
        onChange: () => {},
        onFailure: () => {},
      });
      const names = () => asked.splice(0).map(([name]) => name);
      /** Lets pictures come for so long, one each 100 ms. */
      const decode = async (durationMs: number) => {
        for (let passedMs = 0; passedMs < durationMs; passedMs += 100) {
          framesDecoded += 1;
          await clock.pass(100);
        }
      };
      return { subscription, clock, asked, names, decode };
    }

    it('flows at once, in the size of a side tile', async () => {
      const { clock, asked } = subscribe();
      await clock.pass(10);
      assert.deepEqual(
        asked.map(([name]) => name),
        ['consumer:create', 'consumer:set-preferred-layers', 'consumer:set-priority', 'consumer:resume'],
      );
      assert.deepEqual(asked[1]?.[1], { consumerId: 'consumer', layers: { spatialLayer: 1 } });
    });

    it('is spared while its tile is hidden, and asked for in the size in which it is shown', async () => {
      const { subscription, clock, names, asked } = subscribe();
      await clock.pass(10);
      names();
      subscription.setDemand({ visible: false, widthPx: 640, priority: 100 });
      await clock.pass(10);
      assert.deepEqual(names(), ['consumer:pause']);
      subscription.setDemand({ visible: true, widthPx: 1800, priority: 100 });
      await clock.pass(10);
      assert.deepEqual(asked.find(([name]) => name === 'consumer:set-preferred-layers')?.[1], {
        consumerId: 'consumer',
        layers: { spatialLayer: 2 },
      });
      assert.ok(names().includes('consumer:resume'));
    });

    it('says after a moment whose line stopped it, and takes that back when it flows again', async () => {
      const { subscription, clock, decode } = subscribe();
      await decode(500);
      subscription.setScores([10, 10, 10]);
      subscription.setLayers(null);
      await clock.pass(1_000);
      assert.equal(subscription.remote.stopped, null, 'a change of layer is no outage');
      await clock.pass(1_000);
      assert.equal(subscription.remote.stopped, 'own-line');
      subscription.setScores([0, 0, 0]);
      assert.equal(subscription.remote.stopped, 'their-line');
      subscription.setScores([10, 0, 0]);
      subscription.setLayers({ spatialLayer: 0 });
      await decode(3_000);
      assert.equal(subscription.remote.stopped, null);
    });

    it('is live while pictures are decoded, whatever is said of the line, and not for a single one', async () => {
      const { subscription, clock, decode } = subscribe();
      await clock.pass(5_000);
      assert.ok(subscription.remote.awaited, 'nothing was decoded yet');
      await decode(500);
      assert.deepEqual([subscription.remote.awaited, subscription.remote.stopped], [false, null]);
      await clock.pass(2_000);
      assert.equal(subscription.remote.stopped, null, 'a layer that changes');
      await clock.pass(2_500);
      assert.equal(subscription.remote.stopped, 'own-line');
      await decode(300);
      await clock.pass(2_000);
      assert.equal(subscription.remote.stopped, 'own-line', 'a key frame alone');
      await decode(3_000);
      assert.equal(subscription.remote.stopped, null);
      subscription.setDemand({ visible: false, widthPx: 640, priority: 100 });
      await clock.pass(60_000);
      assert.equal(subscription.remote.stopped, null, 'hidden, nobody sends it');
    });

    it('does not blame the line for a camera that was turned off', async () => {
      const { subscription, clock } = subscribe();
      await clock.pass(10);
      subscription.setLayers(null);
      subscription.setPaused(true);
      await clock.pass(10_000);
      assert.deepEqual([subscription.remote.stopped, subscription.remote.paused], [null, true]);
    });

    it('asks for everything again that the sfu forgot', async () => {
      const { subscription, clock, names } = subscribe();
      await clock.pass(10);
      names();
      subscription.reconcile(subscription.view, undefined);
      await clock.pass(10);
      assert.equal(names()[0], 'consumer:create');
      subscription.reconcile(subscription.view, { consumerId: 'consumer', paused: true });
      await clock.pass(10);
      assert.ok(names().includes('consumer:resume'));
    });
  });
});
