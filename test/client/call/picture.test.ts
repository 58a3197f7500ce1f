import assert from 'node:assert/strict';
import type { types } from 'mediasoup-client';
import type { Signalling } from '../../../client/call/signalling.ts';
import { Subscription } from '../../../client/call/subscription.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

describe('the way into a room', () => {
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
      const subscription = new Subscription({
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

    it('does not flicker at its sender’s tries on a thin line, and comes back once it stays', async () => {
      const { subscription, clock, decode } = subscribe();
      await decode(60_000);
      const shown: (string | null)[] = [];
      const tryFor = async (durationMs: number) => {
        subscription.setScores([10, 0, 0]);
        for (let passedMs = 0; passedMs < durationMs; passedMs += 500) {
          await decode(500);
          shown.push(subscription.remote.stopped);
        }
        subscription.setScores([0, 0, 0]);
        await clock.pass(5_000);
        assert.equal(subscription.remote.stopped, 'their-line');
      };
      subscription.setScores([0, 0, 0]);
      await clock.pass(5_000);
      await tryFor(3_000);
      assert.ok(shown.splice(0).includes(null), 'the first return is shown as soon as it moves');
      for (let index = 0; index < 5; index += 1) await tryFor(3_000);
      assert.deepEqual([...new Set(shown)], ['their-line']);

      subscription.setScores([10, 0, 0]);
      await decode(7_000);
      assert.equal(subscription.remote.stopped, null, 'it stays');
      await decode(60_000);
      subscription.setScores([0, 0, 0]);
      await clock.pass(5_000);
      await tryFor(3_000);
      assert.ok(shown.includes(null), 'an outage long afterwards is no try');
    });

    it('is live while pictures are decoded, whatever is said of the line, and not for a single one', async () => {
      const { subscription, clock, decode } = subscribe();
      await clock.pass(3_500);
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

    it('is missed where no first picture comes, though nobody says that the line does not bear it', async () => {
      const { subscription, clock, decode } = subscribe();
      await clock.pass(5_500);
      assert.deepEqual([subscription.remote.awaited, subscription.remote.stopped], [false, 'own-line']);
      await decode(3_000);
      assert.equal(subscription.remote.stopped, null);
    });

    it('stays away over a new transport until the line bears a layer of it', async () => {
      const { subscription, clock, decode } = subscribe();
      await decode(500);
      subscription.setLayers(null);
      await clock.pass(2_000);
      subscription.renew();
      await clock.pass(1_000);
      assert.equal(subscription.remote.stopped, 'own-line', 'no notice says once more that none flows');
      subscription.setLayers({ spatialLayer: 0 });
      await clock.pass(10);
      assert.equal(subscription.remote.stopped, null);
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
