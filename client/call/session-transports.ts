import type { Device, types } from 'mediasoup-client';
import { z } from 'zod';
import { Failure } from '../../server/contract/failure.ts';
import type { RoomSnapshot, TransportView } from '../../sfu/contract/room.ts';
import { MediaSource } from '../../sfu/contract/token.ts';
import { guardIce, type IceGuard, type IceGuardParts } from './ice-guard.ts';
import { type RelayFault, watchRelays } from './relay-fault.ts';
import type { RoomState } from './room-state.ts';
import type { Signalling } from './signalling.ts';

export interface SessionTransportsParts extends Omit<IceGuardParts, 'transport'> {
  device: Device;
  snapshot: RoomSnapshot;
  iceServers: RTCIceServer[];
}

/** What the publisher hands over with each track. */
const TrackData = z.object({ source: MediaSource, paused: z.boolean() });

/** What the media of one session travels over: one transport each way, each guarded, and a third once the pictures needed one of their own. */
export class SessionTransports {
  /** Undefined where this person may only listen. */
  readonly send: types.Transport | undefined;
  readonly recv: types.Transport;
  readonly #parts: SessionTransportsParts;
  readonly #guards: IceGuard[];
  #pictures: { transport: types.Transport; guard: IceGuard } | undefined;
  #relayFault: RelayFault | null = null;

  constructor(parts: SessionTransportsParts) {
    const { device, snapshot, iceServers } = parts;
    this.#parts = parts;
    this.recv = device.createRecvTransport(optionsOf(snapshot.recvTransport, iceServers));
    this.send = snapshot.sendTransport
      ? device.createSendTransport(optionsOf(snapshot.sendTransport, iceServers))
      : undefined;
    this.#guards = this.#first.map((transport) => this.#tend(transport));
    if (this.send) bindProduce(this.send, parts.request);
  }

  get flow(): RoomState['media'] {
    const states = this.#first.map(({ connectionState }) => connectionState);
    if (states.some((state) => state === 'disconnected' || state === 'failed')) return 'interrupted';
    if (states.includes('connecting')) return 'connecting';
    return states.includes('connected') ? 'flowing' : 'idle';
  }

  /** What the last relay that was tried had against it; of no matter while media flows. */
  get relayFault(): RelayFault | null {
    return this.#relayFault;
  }

  /** The connection to the sfu is back: mends every path. */
  restart(): void {
    for (const guard of this.#guards) guard.restart();
    this.#pictures?.guard.restart();
  }

  /** The sfu closes what the pictures came over before, and the voice goes on over what it came over. `receive` takes the new transport. */
  async renewPictures(receive: (transport: types.Transport) => void): Promise<void> {
    const { device, request, fetchIceServers } = this.#parts;
    const [view, iceServers] = await Promise.all([request('transport:renew', {}), fetchIceServers()]);
    const fresh = device.createRecvTransport(optionsOf(view, iceServers));
    if (this.recv.closed) return fresh.close();
    bindConnect(fresh, request);
    this.#pictures?.guard.close();
    this.#pictures?.transport.close();
    this.#pictures = { transport: fresh, guard: guardIce({ ...this.#parts, transport: fresh }) };
    receive(fresh);
  }

  /** Sends no more and mends no more; what comes in goes on. */
  stopSending(): void {
    for (const guard of this.#guards) guard.close();
    this.#pictures?.guard.close();
    this.send?.close();
  }

  stopReceiving(): void {
    this.recv.close();
    this.#pictures?.transport.close();
  }

  /** Those that the session began with. */
  get #first(): types.Transport[] {
    return this.send ? [this.send, this.recv] : [this.recv];
  }

  #tend(transport: types.Transport): IceGuard {
    bindConnect(transport, this.#parts.request);
    const guard = guardIce({ ...this.#parts, transport });
    watchRelays(transport, (fault) => {
      // A refusal is for the administrator; what came after it may be its consequence.
      if (this.#relayFault !== 'refused') this.#relayFault = fault;
      guard.seekAgain();
      this.#parts.onChange();
    });
    return guard;
  }
}

const optionsOf = (view: TransportView, iceServers: RTCIceServer[]): types.TransportOptions => ({
  id: view.transportId,
  iceParameters: view.iceParameters,
  iceCandidates: view.iceCandidates,
  dtlsParameters: view.dtlsParameters,
  iceServers,
});

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

function bindProduce(transport: types.Transport, request: Signalling['request']): void {
  transport.on('produce', ({ rtpParameters, appData }, done, failed) => {
    const { source, paused } = TrackData.parse(appData);
    request('producer:create', { source, rtpParameters, paused }).then(
      ({ producerId }) => done({ id: producerId }),
      failed,
    );
  });
}
