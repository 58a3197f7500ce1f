import { Device, type types } from 'mediasoup-client';
import { z } from 'zod';
import { Failure } from '../../server/contract/failure.ts';
import type { RoomSnapshot, TransportView } from '../../sfu/contract/room.ts';
import { MediaSource } from '../../sfu/contract/token.ts';
import type { Clock } from '../review/clock.ts';
import { guardIce, type IceGuard } from './ice-guard.ts';
import { type LineMonitor, monitorLine } from './line-monitor.ts';
import type { LocalMedia } from './local-media.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import { type RelayFault, watchRelays } from './relay-fault.ts';
import { renewWhenStuck } from './renewal.ts';
import type { RoomState } from './room-state.ts';
import type { Signalling } from './signalling.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';

export interface MediaSessionParts {
  snapshot: RoomSnapshot;
  iceServers: RTCIceServer[];
  /** @see IceGuardParts.fetchIceServers */
  fetchIceServers(): Promise<RTCIceServer[]>;
  media: LocalMedia;
  /** Over whatever connection to the sfu there is at the time. */
  request: Signalling['request'];
  clock: Clock;
  onChange(): void;
  /** Its transports cannot be mended. */
  onHopeless(): void;
  onFailure(thrown: unknown): void;
}

/** What the publisher hands over with each track. */
const TrackData = z.object({ source: MediaSource, paused: z.boolean() });

/** The media of one stay in a room: from a join to the loss of its transports. It outlives lost connections to the sfu. */
export interface MediaSession {
  readonly publisher: Publisher;
  readonly subscriptions: Subscriptions;
  readonly line: LineMonitor;
  readonly flow: RoomState['media'];
  /** What the last relay that was tried had against it; of no matter while media flows. */
  readonly relayFault: RelayFault | null;
  readonly rtpCapabilities: types.RtpCapabilities;
  /** The connection to the sfu is back and the sfu still knows everything. */
  resume(snapshot: RoomSnapshot): void;
  /** Stops sending at once; what was received last stays on the screen for another moment. */
  close(lingerMs?: number): void;
}

/** Begins to send and to receive. @throws Failure from the sfu; mediasoup-client's UnsupportedError where the browser cannot do WebRTC */
export async function startMediaSession(parts: MediaSessionParts): Promise<MediaSession> {
  const { snapshot, media, request, clock, onChange, onFailure } = parts;
  const device = new Device();
  await device.load({ routerRtpCapabilities: snapshot.routerRtpCapabilities });
  const rtpCapabilities = device.recvRtpCapabilities;
  // Not waited for: the sfu answers in order, and each round trip is a part of a second on a poor line.
  request('capabilities:declare', { rtpCapabilities }).catch(onFailure);

  const options = (view: TransportView): types.TransportOptions => ({
    id: view.transportId,
    iceParameters: view.iceParameters,
    iceCandidates: view.iceCandidates,
    dtlsParameters: view.dtlsParameters,
    iceServers: parts.iceServers,
  });
  const recv = device.createRecvTransport(options(snapshot.recvTransport));
  const send = snapshot.sendTransport ? device.createSendTransport(options(snapshot.sendTransport)) : undefined;
  const transports = send ? [send, recv] : [recv];
  const guard = (transport: types.Transport) => guardIce({ ...parts, transport });
  let relayFault: RelayFault | null = null;
  const guards = transports.map((transport) => {
    bindConnect(transport, request);
    const made = guard(transport);
    watchRelays(transport, (fault) => {
      // A refusal is for the administrator; what came after it may be its consequence.
      if (relayFault !== 'refused') relayFault = fault;
      made.seekAgain();
      onChange();
    });
    return made;
  });
  send?.on('produce', ({ rtpParameters, appData }, done, failed) => {
    const { source, paused } = TrackData.parse(appData);
    request('producer:create', { source, rtpParameters, paused }).then(
      ({ producerId }) => done({ id: producerId }),
      failed,
    );
  });

  /** Once the pictures had to be received over a transport of their own. */
  let pictures: { transport: types.Transport; guard: IceGuard } | undefined;
  const subscriptions = createSubscriptions({ transport: recv, request, clock, onChange, onFailure });
  subscriptions.reconcile(snapshot);
  const publisher = createPublisher({
    transport: send,
    canProduce: (kind) => device.canProduce(kind),
    media,
    request,
    clock,
    onFailure,
    onChange,
  });
  /** The sfu has closed what the pictures came over before, and the voice goes on over what it came over. */
  async function renewPictures(): Promise<void> {
    const [view, iceServers] = await Promise.all([request('transport:renew', {}), parts.fetchIceServers()]);
    const fresh = device.createRecvTransport({ ...options(view), iceServers });
    if (recv.closed) return fresh.close();
    bindConnect(fresh, request);
    pictures?.guard.close();
    pictures?.transport.close();
    pictures = { transport: fresh, guard: guard(fresh) };
    subscriptions.renewPictures(fresh);
  }
  const line = monitorLine({ send, recv, publisher, clock, onChange, onFailure });
  const renewal = renewWhenStuck({
    clock,
    isStuck: () => subscriptions.isStuck && line.isInwardClear,
    renew: () => void renewPictures().catch(onFailure),
  });

  return {
    publisher,
    subscriptions,
    line,
    rtpCapabilities,
    get relayFault() {
      return relayFault;
    },
    get flow() {
      const states = transports.map(({ connectionState }) => connectionState);
      if (states.some((state) => state === 'disconnected' || state === 'failed')) return 'interrupted';
      if (states.includes('connecting')) return 'connecting';
      return states.includes('connected') ? 'flowing' : 'idle';
    },
    resume(again) {
      for (const one of guards) one.restart();
      pictures?.guard.restart();
      subscriptions.reconcile(again);
      publisher.reconcile(again.ownProducers);
    },
    close(lingerMs = 0) {
      line.close();
      publisher.close();
      renewal.close();
      for (const one of guards) one.close();
      pictures?.guard.close();
      send?.close();
      const end = () => {
        subscriptions.close();
        recv.close();
        pictures?.transport.close();
      };
      if (lingerMs === 0) end();
      else clock.after(lingerMs, end);
    },
  };
}

function bindConnect(transport: types.Transport, request: Signalling['request']): void {
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    request('transport:connect', { transportId: transport.id, dtlsParameters }).then(
      () => done(),
      (thrown: Error) => {
        // Asked before, with the same certificate, over a connection that was lost before the answer came.
        if (thrown instanceof Failure && thrown.code === 'conflict') done();
        else failed(thrown);
      },
    );
  });
}
