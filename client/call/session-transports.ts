import type { Device, types } from 'mediasoup-client';
import { z } from 'zod';
import { Failure } from '../../server/contract/failure.ts';
import { Id } from '../../server/contract/primitives.ts';
import { type RoomSnapshot, TrackLabel, type TransportView } from '../../sfu/contract/room.ts';
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
const TrackData = z.object({
  source: MediaSource,
  label: TrackLabel.optional(),
  inputId: Id.optional(),
  paused: z.boolean(),
});

/** What the media of one session travels over: one transport each way, each guarded, and a third once the pictures needed one of their own. */
export class SessionTransports {
  readonly recv: types.Transport;
  readonly #parts: SessionTransportsParts;
  readonly #recvGuard: IceGuard;
  #send: { transport: types.Transport; guard: IceGuard } | undefined;
  /** What is sent over now, or is about to be. */
  #sendId: string | undefined;
  #pictures: { transport: types.Transport; guard: IceGuard } | undefined;
  #relayFault: RelayFault | null = null;

  constructor(parts: SessionTransportsParts) {
    const { device, snapshot, iceServers } = parts;
    this.#parts = parts;
    this.recv = device.createRecvTransport(optionsOf(snapshot.recvTransport, iceServers));
    if (snapshot.sendTransport) this.#openSend(snapshot.sendTransport, iceServers);
    this.#recvGuard = this.#tend(this.recv);
  }

  /** Undefined where this person may only listen. */
  get send(): types.Transport | undefined {
    return this.#send?.transport;
  }

  /** The sfu has made, kept or closed what this person sends over. */
  async followSend(view: TransportView | null): Promise<void> {
    if (view?.transportId === this.#sendId) return;
    this.#sendId = view?.transportId;
    this.#send?.guard.close();
    this.#send?.transport.close();
    this.#send = undefined;
    if (!view) return;
    const iceServers = await this.#parts.fetchIceServers();
    if (!this.recv.closed && !this.#send && this.#sendId === view.transportId) this.#openSend(view, iceServers);
  }

  get flow(): RoomState['media'] {
    const states = this.#first.map(({ connectionState }) => connectionState);
    if (states.some((state) => state === 'disconnected' || state === 'failed')) return 'interrupted';
    if (states.includes('connecting')) return 'connecting';
    return states.includes('connected') ? 'flowing' : 'idle';
  }

  /** What others send comes through, whatever becomes of what is sent from here. */
  get isReceiving(): boolean {
    return this.recv.connectionState === 'connected';
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
    this.#send?.transport.close();
  }

  stopReceiving(): void {
    this.recv.close();
    this.#pictures?.transport.close();
  }

  /** Those that the session began with. */
  get #first(): types.Transport[] {
    return this.send ? [this.send, this.recv] : [this.recv];
  }

  get #guards(): IceGuard[] {
    return this.#send ? [this.#send.guard, this.#recvGuard] : [this.#recvGuard];
  }

  #openSend(view: TransportView, iceServers: RTCIceServer[]): void {
    const transport = this.#parts.device.createSendTransport(optionsOf(view, iceServers));
    this.#sendId = transport.id;
    this.#send = { transport, guard: this.#tend(transport) };
    bindProduce(transport, this.#parts.request);
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
    const { source, label, inputId, paused } = TrackData.parse(appData);
    const names = { ...(label !== undefined && { label }), ...(inputId !== undefined && { inputId }) };
    request('producer:create', { source, ...names, rtpParameters, paused }).then(
      ({ producerId }) => done({ id: producerId }),
      failed,
    );
  });
}
