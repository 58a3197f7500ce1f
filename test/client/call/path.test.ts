import assert from 'node:assert/strict';
import type { types } from 'mediasoup-client';
import { guardIce } from '../../../client/call/ice-guard.ts';
import { renewWhenStuck } from '../../../client/call/renewal.ts';
import type { Signalling } from '../../../client/call/signalling.ts';
import { Failure } from '../../../server/contract/failure.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

describe('the way into a room', () => {
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

    it('asks a relay that was of no help again and again, and does not leave the room for it', async () => {
      const { path, clock, guarded, hopeless } = guard();
      path.connectionState = 'new';
      for (let error = 0; error < 3; error += 1) guarded.seekAgain();
      await clock.pass(14_900);
      assert.equal(path.restarts, 0);
      await clock.pass(120_000);
      assert.deepEqual([path.restarts, hopeless()], [8, 0]);
      path.become('connected');
      guarded.seekAgain();
      await clock.pass(60_000);
      assert.equal(path.restarts, 8);
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
});
