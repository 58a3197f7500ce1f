import assert from 'node:assert/strict';
import type { LocalMedia } from '../../../client/call/local-media.ts';
import { RoomClient } from '../../../client/call/room-client.ts';
import type { Connect, SfuMessage, SignallingParts } from '../../../client/call/signalling.ts';
import { createTickets } from '../../../client/call/tickets.ts';
import { Failure } from '../../../server/contract/failure.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { peer } from './call-world.ts';

describe('the way into a room', () => {
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

    it('says where nobody answers once that has happened twice, until it leads elsewhere', async () => {
      let clockMs = 0;
      const asked: (string | undefined)[] = [];
      const tickets = createTickets(
        async (unreached) => {
          asked.push(unreached);
          return { ...ticket(1_000_000), sfuUrl: unreached === undefined ? 'https://a' : 'https://b' };
        },
        () => 0,
        () => clockMs,
      );
      await tickets.get();
      for (let time = 0; time < 3; time += 1) {
        clockMs += 20_000;
        tickets.doubt();
        await tickets.get();
      }
      assert.deepEqual(asked, [undefined, undefined, 'https://a', undefined]);
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
      let hear: SignallingParts['onMessage'] = () => {};
      const connect: Connect = async ({ onLost, onMessage }) => {
        attempts.push(clock.nowMs());
        const met = turn(meets, attempts.length - 1);
        if (met instanceof Failure) throw met;
        lose = onLost;
        hear = onMessage;
        return {
          request: async () => ({ peers: [peer('a')] }) as never,
          close: () => {},
        };
      };
      const client = new RoomClient({
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
      return {
        clock,
        client,
        attempts,
        tickets: () => tickets,
        lose: () => lose(),
        hear: (message: SfuMessage) => hear(message),
      };
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

    it('asks now and then where else to go while an sfu is away, and goes on with what it has while the server is away too', async () => {
      const gone = new Failure('unavailable', 'the sfu could not be reached', { reason: 'sfu-unreachable' });
      const { client, clock, attempts, tickets } = strive([gone, gone, gone, 'connected'], ['given', unreachable]);
      await clock.pass(5_000);
      assert.equal(attempts.length, 4);
      assert.equal(client.state.reachable, true);
      assert.ok(tickets() >= 2 && tickets() < 4, String(tickets()));
      client.close();
      const away = strive([gone]);
      await away.clock.pass(300_000);
      assert.ok(away.tickets() > 3 && away.tickets() < away.attempts.length / 4, `${away.tickets()}`);
      away.client.close();
    });

    it('goes where a fresh ticket says once it is told to move, after the time that it is given', async () => {
      const { client, clock, attempts, tickets, hear } = strive(['connected']);
      await clock.pass(100);
      hear({ name: 'room:move', notice: { afterMs: 3_000 } });
      await clock.pass(2_900);
      assert.deepEqual([attempts.length, tickets()], [1, 1]);
      await clock.pass(200);
      await clock.pass(1_000);
      assert.deepEqual([attempts.length, tickets()], [2, 2]);
      assert.equal(client.state.reachable, true);
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
});
