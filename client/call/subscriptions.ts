import type { types } from 'mediasoup-client';
import type { ProducerView, RoomSnapshot } from '../../sfu/contract/room.ts';
import type { Clock } from '../review/clock.ts';
import { createGate, type Gate } from './gate.ts';
import type { SfuMessage, Signalling } from './signalling.ts';
import { type Demand, Subscription } from './subscription.ts';

export interface SubscriptionsParts {
  /** Until {@link Subscriptions.renewPictures}. */
  transport: types.Transport;
  /** How a picture is wanted before any tile has said so; else as a side tile. */
  firstDemand?(producerId: string): Demand;
  request: Signalling['request'];
  clock: Clock;
  onChange(): void;
  onFailure(thrown: unknown): void;
}

/** Everything that is received from the others. */
export interface Subscriptions {
  of(peerId: string, kind: 'audio' | 'video'): Subscription | undefined;
  /** All tracks of one peer, in the order in which they came. */
  ofPeer(peerId: string): Subscription[];
  setDemand(producerId: string, demand: Demand): void;
  hear(message: SfuMessage): void;
  reconcile(snapshot: RoomSnapshot): void;
  /** @see Subscription.lose */
  lose(): void;
  /** Whether pictures that should come do not, for want of the own line, and none comes. */
  readonly isStuck: boolean;
  /** Receives all pictures over this transport from now on. */
  renewPictures(transport: types.Transport): void;
  close(): void;
}

export function createSubscriptions(parts: SubscriptionsParts): Subscriptions {
  const { firstDemand, ...common } = parts;
  let pictures = parts.transport;
  const byProducer = new Map<string, Subscription>();
  const ofConsumer = (consumerId: string) =>
    [...byProducer.values()].find((subscription) => subscription.consumerId === consumerId);

  const add = (view: ProducerView, gate?: Gate) => {
    if (byProducer.has(view.producerId)) return;
    const transport = view.kind === 'video' ? () => pictures : () => parts.transport;
    byProducer.set(
      view.producerId,
      new Subscription({
        ...common,
        view,
        transport,
        gate,
        ...(firstDemand && { firstDemand: firstDemand(view.producerId) }),
      }),
    );
  };
  const remove = (producerId: string) => {
    byProducer.get(producerId)?.close();
    byProducer.delete(producerId);
    parts.onChange();
  };

  return {
    of(peerId, kind) {
      for (const subscription of byProducer.values()) {
        const { view } = subscription;
        if (view.peerId === peerId && view.kind === kind && view.source !== 'screen') return subscription;
      }
      return undefined;
    },
    ofPeer(peerId) {
      return [...byProducer.values()].filter(({ view }) => view.peerId === peerId);
    },
    setDemand(producerId, demand) {
      byProducer.get(producerId)?.setDemand(demand);
    },
    hear({ name, notice }) {
      switch (name) {
        case 'producer:created':
          return add(notice);
        case 'producer:closed':
          return remove(notice.producerId);
        case 'producer:paused':
          return byProducer.get(notice.producerId)?.setPaused(true, notice.by);
        case 'producer:resumed':
          return byProducer.get(notice.producerId)?.setPaused(false);
        case 'producer:renamed':
          return byProducer.get(notice.producerId)?.rename(notice.label);
        case 'consumer:layers-changed':
          return ofConsumer(notice.consumerId)?.setLayers(notice.layers);
        case 'consumer:scored':
          return ofConsumer(notice.consumerId)?.setScores(notice.producerScores);
        default:
          return undefined;
      }
    },
    reconcile({ producers, ownConsumers }) {
      const there = new Set(producers.map(({ producerId }) => producerId));
      for (const producerId of [...byProducer.keys()]) if (!there.has(producerId)) remove(producerId);
      const gate = createGate(producers.filter(({ producerId }) => !byProducer.has(producerId)).length, parts.clock);
      // Voices first: each is asked for before any picture.
      for (const view of [...producers].sort((a, b) => a.kind.localeCompare(b.kind))) {
        const known = byProducer.get(view.producerId);
        if (!known) add(view, gate);
        else
          known.reconcile(
            view,
            ownConsumers.find(({ producerId }) => producerId === view.producerId),
          );
      }
    },
    lose() {
      for (const subscription of byProducer.values()) subscription.lose();
    },
    get isStuck() {
      const shown = [...byProducer.values()].filter(({ view, consumerId }) => view.kind === 'video' && consumerId);
      const moving = shown.some(({ view, remote }) => !view.paused && !remote.stopped && !remote.awaited);
      return !moving && shown.some(({ remote }) => remote.stopped === 'own-line');
    },
    renewPictures(transport) {
      pictures = transport;
      for (const subscription of byProducer.values()) if (subscription.view.kind === 'video') subscription.renew();
    },
    close() {
      for (const subscription of byProducer.values()) subscription.close();
      byProducer.clear();
    },
  };
}
