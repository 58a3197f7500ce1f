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

  describe('a line that bore no pictures', () => {
    /** When pictures got a new transport, in seconds; where `borneAtS` says so they come, half a second later. */
    async function renewals(seconds: number, borneAtS: (second: number) => boolean): Promise<number[]> {
      const clock = new VirtualClock();
      const renewed: number[] = [];
      let flowsFromMs = Number.POSITIVE_INFINITY;
      const secondNow = () => clock.nowMs() / 1000;
      const renewal = renewWhenStuck({
        clock,
        isStuck: () => clock.nowMs() < flowsFromMs || !borneAtS(secondNow()),
        renew: () => {
          renewed.push(secondNow());
          flowsFromMs = clock.nowMs() + 500;
        },
      });
      await clock.pass(seconds * 1000);
      renewal.close();
      await clock.pass(60_000);
      return renewed;
    }

    it('is tried within two and a half seconds, and left alone once it bears them', async () => {
      assert.deepEqual(await renewals(300, () => true), [2.5]);
    });

    it('is tried more seldom the longer it has been thin, yet so often that pictures are back within ten seconds', async () => {
      const renewed = await renewals(600, () => false);
      const gaps = renewed.slice(1).map((second, index) => second - (renewed[index] ?? 0));
      assert.deepEqual(gaps.slice(0, 3), [2, 2, 2]);
      assert.ok(
        gaps.every((gap) => gap <= 5),
        `${Math.max(...gaps)} s`,
      );
      assert.ok(
        gaps.slice(-20).every((gap) => gap >= 5),
        'and costs the voice no more than that',
      );
    });

    it('is not taken for a good one where pictures came for a moment only', async () => {
      const renewed = await renewals(300, (second) => Math.floor(second) % 8 === 0);
      const late = renewed.filter((second) => second > 100);
      assert.ok(
        late.every((second, index) => index === 0 || second - (late[index - 1] ?? 0) >= 4),
        late.join(),
      );
    });

    it('is a new thin line once it has borne pictures for ten seconds', async () => {
      const renewed = await renewals(130, (second) => second >= 100 && second < 115);
      const after = renewed.filter((second) => second >= 115);
      assert.deepEqual(after.slice(0, 2), [117, 119]);
    });
  });
});
