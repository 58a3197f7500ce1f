import { Device, type types } from 'mediasoup-client';
import { z } from 'zod';
import type { CallTicket } from '../../server/contract/call.ts';
import { Failure } from '../../server/contract/failure.ts';
import type { RoomSnapshot, TransportView } from '../../sfu/contract/room.ts';
import { MediaSource } from '../../sfu/contract/token.ts';
import type { Clock } from '../review/clock.ts';
import { guardIce } from './ice-guard.ts';
import { type LineMonitor, monitorLine } from './line-monitor.ts';
import type { LocalMedia } from './local-media.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import type { RoomState } from './room-state.ts';
import type { Signalling } from './signalling.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';

export interface MediaSessionParts {
  snapshot: RoomSnapshot;
  iceServers: CallTicket['iceServers'];
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
  readonly rtpCapabilities: types.RtpCapabilities;
  /** The connection to the sfu is back and the sfu still knows everything. */
  resume(snapshot: RoomSnapshot): void;
  /** Stops sending at once; what was received last stays on the screen for another moment. */
  close(lingerMs?: number): void;
}

/** Begins to send and to receive. @throws Failure from the sfu; mediasoup-client's UnsupportedError where the browser cannot do WebRTC */
export async function startMediaSession(parts: MediaSessionParts): Promise<MediaSession> {
  const { snapshot, media, request, clock, onChange, onHopeless, onFailure } = parts;
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
    iceServers: parts.iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username === undefined ? {} : { username }),
      ...(credential === undefined ? {} : { credential }),
    })),
  });
  const recv = device.createRecvTransport(options(snapshot.recvTransport));
  const send = snapshot.sendTransport ? device.createSendTransport(options(snapshot.sendTransport)) : undefined;
  const transports = send ? [send, recv] : [recv];
  for (const transport of transports) bindConnect(transport, request);
  send?.on('produce', ({ rtpParameters, appData }, done, failed) => {
    const { source, paused } = TrackData.parse(appData);
    request('producer:create', { source, rtpParameters, paused }).then(
      ({ producerId }) => done({ id: producerId }),
      failed,
    );
  });

  const guards = transports.map((transport) =>
    guardIce({ transport, request, clock, onChange, onHopeless, onFailure }),
  );
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
  const line = monitorLine({ send, recv, publisher, clock, onChange, onFailure });

  return {
    publisher,
    subscriptions,
    line,
    rtpCapabilities,
    get flow() {
      const states = transports.map(({ connectionState }) => connectionState);
      if (states.some((state) => state === 'disconnected' || state === 'failed')) return 'interrupted';
      if (states.includes('connecting')) return 'connecting';
      return states.includes('connected') ? 'flowing' : 'idle';
    },
    resume(again) {
      for (const guard of guards) guard.restart();
      subscriptions.reconcile(again);
      publisher.reconcile(again.ownProducers);
    },
    close(lingerMs = 0) {
      line.close();
      publisher.close();
      for (const guard of guards) guard.close();
      send?.close();
      const end = () => {
        subscriptions.close();
        recv.close();
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
