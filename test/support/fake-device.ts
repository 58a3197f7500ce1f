import { randomUUID } from 'node:crypto';
import { Device, type types } from 'mediasoup-client';
import * as fakeParameters from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import type { RoomSnapshot, TransportView } from '../../sfu/contract/room.ts';
import type { MediaSource } from '../../sfu/contract/token.ts';
import type { SfuClient } from './sfu-client.ts';

/** mediasoup-client as the browser runs it, over a handler that signals everything and sends nothing. */
export interface FakeDevice {
  device: Device;
  send: types.Transport;
  recv: types.Transport;
  /** Publishes a track that never carries anything; a picture in three simulcast layers. */
  publish(source: MediaSource): Promise<types.Producer>;
  consume(producerId: string): Promise<types.Consumer>;
}

/** Loads a device with the room's capabilities, declares its own and makes both transports. */
export async function startFakeDevice(client: SfuClient, snapshot: RoomSnapshot): Promise<FakeDevice> {
  const device = new Device({ handlerFactory: FakeHandler.createFactory(fakeParameters) });
  await device.load({ routerRtpCapabilities: snapshot.routerRtpCapabilities });
  await client.get('capabilities:declare', { rtpCapabilities: device.recvRtpCapabilities });
  if (!snapshot.sendTransport) throw new Error('this person may publish nothing');
  const send = device.createSendTransport(optionsOf(snapshot.sendTransport));
  const recv = device.createRecvTransport(optionsOf(snapshot.recvTransport));
  for (const transport of [send, recv])
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      client.get('transport:connect', { transportId: transport.id, dtlsParameters }).then(done, failed);
    });
  send.on('produce', ({ rtpParameters, appData: { source: given } }, done, failed) => {
    const source = given as MediaSource;
    client
      .get('producer:create', { source, rtpParameters, paused: false })
      .then(({ producerId }) => done({ id: producerId }), failed);
  });
  return {
    device,
    send,
    recv,
    publish: (source) =>
      send.produce({
        track: fakeTrack(source === 'audio' ? 'audio' : 'video'),
        appData: { source },
        ...(source === 'audio' ? {} : { encodings: [{ maxBitrate: 1e5 }, { maxBitrate: 3e5 }, { maxBitrate: 9e5 }] }),
      }),
    async consume(producerId) {
      const { consumerId: id, kind, rtpParameters } = await client.get('consumer:create', { producerId });
      return await recv.consume({ id, producerId, kind, rtpParameters });
    },
  };
}

function optionsOf({ transportId: id, ...rest }: TransportView) {
  return { id, ...rest };
}

/** As much of a track as mediasoup-client looks at. */
function fakeTrack(kind: 'audio' | 'video'): MediaStreamTrack {
  const track = { id: randomUUID(), kind, enabled: true, readyState: 'live', stop: () => undefined };
  return Object.assign(new EventTarget(), track) as unknown as MediaStreamTrack;
}
