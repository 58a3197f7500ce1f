import { Device, type types } from 'mediasoup-client';
import type { SfuNotice } from '../../sfu/contract/messages.ts';
import type { RoomSnapshot } from '../../sfu/contract/room.ts';
import type { Clock } from '../review/clock.ts';
import { type LineMonitor, monitorLine } from './line-monitor.ts';
import { Publisher } from './publisher.ts';
import type { RelayFault } from './relay-fault.ts';
import { renewWhenStuck } from './renewal.ts';
import type { RoomState } from './room-state.ts';
import type { Sending } from './sending.ts';
import { SessionTransports } from './session-transports.ts';
import type { Signalling } from './signalling.ts';
import { createSubscriptions, type Subscriptions, type SubscriptionsParts } from './subscriptions.ts';

export interface MediaSessionParts {
  snapshot: RoomSnapshot;
  iceServers: RTCIceServer[];
  /** @see IceGuardParts.fetchIceServers */
  fetchIceServers(): Promise<RTCIceServer[]>;
  sending: Sending;
  firstDemand?: SubscriptionsParts['firstDemand'];
  /** Over whatever connection to the sfu there is at the time. */
  request: Signalling['request'];
  clock: Clock;
  onChange(): void;
  /** Its transports cannot be mended. */
  onHopeless(): void;
  onFailure(thrown: unknown): void;
}

/** The media of one stay in a room: from a join to the loss of its transports. It outlives lost connections to the sfu. */
export interface MediaSession {
  readonly publisher: Publisher;
  readonly subscriptions: Subscriptions;
  readonly line: LineMonitor;
  readonly flow: RoomState['media'];
  /** What others send comes through, whatever becomes of what is sent from here. */
  readonly isReceiving: boolean;
  /** What the last relay that was tried had against it; of no matter while media flows. */
  readonly relayFault: RelayFault | null;
  readonly rtpCapabilities: types.RtpCapabilities;
  /** The connection to the sfu is back and the sfu still knows everything. */
  resume(snapshot: RoomSnapshot): void;
  /** What this person may send has changed, and what it is sent over. */
  followLeave(leave: SfuNotice<'publish:changed'>): void;
  /** Stops sending at once; what was received last stays on the screen for another moment. */
  close(lingerMs?: number): void;
}

/** Begins to send and to receive. @throws Failure from the sfu; mediasoup-client's UnsupportedError where the browser cannot do WebRTC */
export async function startMediaSession(parts: MediaSessionParts): Promise<MediaSession> {
  const { snapshot, sending, request, clock, onChange, onFailure } = parts;
  const device = new Device();
  await device.load({ routerRtpCapabilities: snapshot.routerRtpCapabilities });
  const rtpCapabilities = device.recvRtpCapabilities;
  // Not waited for: the sfu answers in order, and each round trip is a part of a second on a poor line.
  request('capabilities:declare', { rtpCapabilities }).catch(onFailure);

  const transports = new SessionTransports({ ...parts, device });
  const { recv } = transports;
  let { mayPublish } = snapshot;
  const subscriptions = createSubscriptions({
    ...(parts.firstDemand && { firstDemand: parts.firstDemand }),
    transport: recv,
    request,
    clock,
    onChange,
    onFailure,
  });
  subscriptions.reconcile(snapshot);
  const publisher = new Publisher({
    transport: () => transports.send,
    mayPublish: () => mayPublish,
    canProduce: (kind) => device.canProduce(kind),
    sending,
    request,
    clock,
    onFailure,
    onChange,
  });
  const line = monitorLine({ send: () => transports.send, recv, publisher, clock, onChange, onFailure });
  const renewal = renewWhenStuck({
    clock,
    isStuck: () => subscriptions.isStuck && line.isInwardClear,
    renew: () => void transports.renewPictures(subscriptions.renewPictures).catch(onFailure),
  });

  const followLeave: MediaSession['followLeave'] = (leave) => {
    mayPublish = leave.mayPublish;
    transports.followSend(leave.sendTransport).then(publisher.follow, onFailure);
    onChange();
  };

  return {
    publisher,
    subscriptions,
    line,
    rtpCapabilities,
    get relayFault() {
      return transports.relayFault;
    },
    get flow() {
      return transports.flow;
    },
    get isReceiving() {
      return transports.isReceiving;
    },
    resume(again) {
      transports.restart();
      subscriptions.reconcile(again);
      followLeave(again);
      publisher.reconcile(again.ownProducers);
    },
    followLeave,
    close(lingerMs = 0) {
      line.close();
      publisher.close();
      renewal.close();
      transports.stopSending();
      const end = () => {
        subscriptions.close();
        transports.stopReceiving();
      };
      if (lingerMs === 0) end();
      else clock.after(lingerMs, end);
    },
  };
}
