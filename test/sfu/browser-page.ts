import { Device, type types } from 'mediasoup-client';
import { io } from 'socket.io-client';
import type { Reply } from '../../server/contract/messages.ts';
import type { SfuRequestInput, SfuRequestName, SfuRequestReply } from '../../sfu/contract/messages.ts';
import type { RoomSnapshot, TransportView } from '../../sfu/contract/room.ts';
import type { MediaSource } from '../../sfu/contract/token.ts';
import { SFU_CONTRACT_VERSION, SFU_SOCKET_PATH } from '../../sfu/contract/version.ts';

/*
 * The smallest honest client, for a real browser: it enters, publishes and receives as PROTOCOL.md says, and comes back when called.
 * It is driven by media.test.ts through `window.call`.
 */

/** What arrived of one track, from the browser's own statistics. */
export interface Arrived {
  kind: string;
  packets: number;
  framesDecoded: number;
  frameHeight: number;
}

export interface PageCall {
  enter(url: string, token: string): Promise<void>;
  publish(): Promise<void>;
  /** Consumes every track of the others, without letting it flow yet. */
  consumeAll(): Promise<void>;
  resumeAll(): Promise<void>;
  arrived(): Promise<Arrived[]>;
  restartIce(): Promise<void>;
  /** Loses the signalling for good; the media is left alone. */
  loseSignalling(): void;
  preferLayer(spatialLayer: number): Promise<void>;
  notices: { name: string; notice: unknown }[];
}

declare global {
  interface Window {
    call: PageCall;
  }
}

let ask: <N extends SfuRequestName>(name: N, input: SfuRequestInput<N>) => Promise<SfuRequestReply<N>>;
let producers: string[] = [];
let consumers: types.Consumer[] = [];
let hangUp: () => void;
let send: types.Transport;
let recv: types.Transport;
let publishing = false;
let receiving = false;
const sessionId = crypto.randomUUID();
const notices: PageCall['notices'] = [];

async function join(): Promise<void> {
  const snapshot = await ask('room:join', { sessionId, resume: false });
  const device = new Device();
  await device.load({ routerRtpCapabilities: snapshot.routerRtpCapabilities });
  await ask('capabilities:declare', { rtpCapabilities: device.recvRtpCapabilities });
  makeTransports(device, snapshot);
  producers = snapshot.producers.map(({ producerId }) => producerId);
  consumers = [];
}

function makeTransports(device: Device, { sendTransport, recvTransport }: RoomSnapshot): void {
  if (!sendTransport) throw new Error('this token lets nobody publish');
  send = device.createSendTransport(optionsOf(sendTransport));
  recv = device.createRecvTransport(optionsOf(recvTransport));
  for (const transport of [send, recv])
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      ask('transport:connect', { transportId: transport.id, dtlsParameters }).then(done, failed);
    });
  send.on('produce', ({ rtpParameters, appData: { source } }, done, failed) => {
    ask('producer:create', { source: source as MediaSource, rtpParameters, paused: false }).then(
      ({ producerId }) => done({ id: producerId }),
      failed,
    );
  });
}

function optionsOf({ transportId: id, ...rest }: TransportView) {
  return { id, ...rest };
}

window.call = {
  notices,
  async enter(url, token) {
    const socket = io(url, { path: SFU_SOCKET_PATH, auth: { token, contractVersion: SFU_CONTRACT_VERSION } });
    hangUp = () => socket.disconnect();
    ask = async (name, input) => {
      const reply: Reply<SfuRequestReply<typeof name>> = await socket.timeout(10_000).emitWithAck(name, input);
      if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.failure)}`);
      return reply.value;
    };
    socket.onAny((name: string, notice) => {
      notices.push({ name, notice });
      if (name === 'producer:created') producers.push(notice.producerId);
      if (name === 'room:rejoin') void comeBack();
    });
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    await join();
  },
  async publish() {
    publishing = true;
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 1280, height: 720 } });
    const [audio] = stream.getAudioTracks();
    const [video] = stream.getVideoTracks();
    if (!audio || !video) throw new Error('no fake devices');
    await send.produce({ track: audio, appData: { source: 'audio' }, codecOptions: { opusDtx: true } });
    const encodings = [
      { scaleResolutionDownBy: 4, maxBitrate: 100_000 },
      { scaleResolutionDownBy: 2, maxBitrate: 300_000 },
      { scaleResolutionDownBy: 1, maxBitrate: 800_000 },
    ];
    await send.produce({ track: video, appData: { source: 'video' }, encodings });
  },
  async consumeAll() {
    receiving = true;
    for (const producerId of producers) {
      if (consumers.some((consumer) => consumer.producerId === producerId)) continue;
      const { consumerId: id, kind, rtpParameters } = await ask('consumer:create', { producerId });
      const consumer = await recv.consume({ id, producerId, kind, rtpParameters });
      consumers.push(consumer);
      const element = document.body.appendChild(document.createElement(kind)) as HTMLMediaElement;
      element.srcObject = new MediaStream([consumer.track]);
      element.muted = true;
      void element.play();
    }
  },
  async resumeAll() {
    for (const { id } of consumers) await ask('consumer:resume', { consumerId: id });
  },
  async arrived() {
    return await Promise.all(
      consumers.map(async (consumer) => {
        const arrived = { kind: consumer.kind, packets: 0, framesDecoded: 0, frameHeight: 0 };
        for (const stat of (await consumer.getStats()).values())
          if (stat.type === 'inbound-rtp') {
            arrived.packets = stat.packetsReceived ?? 0;
            arrived.framesDecoded = stat.framesDecoded ?? 0;
            arrived.frameHeight = stat.frameHeight ?? 0;
          }
        return arrived;
      }),
    );
  },
  async restartIce() {
    for (const transport of [send, recv]) {
      const { iceParameters } = await ask('transport:restart-ice', { transportId: transport.id });
      await transport.restartIce({ iceParameters });
    }
  },
  loseSignalling: () => hangUp(),
  async preferLayer(spatialLayer) {
    for (const { id, kind } of consumers)
      if (kind === 'video') await ask('consumer:set-preferred-layers', { consumerId: id, layers: { spatialLayer } });
  },
};

async function comeBack(): Promise<void> {
  send.close();
  recv.close();
  consumers = [];
  await join();
  if (publishing) await window.call.publish();
  if (receiving) await followTracks();
}

/** After a rejoin the other side's tracks come one by one. */
async function followTracks(): Promise<void> {
  while (consumers.length < 2) {
    await window.call.consumeAll();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await window.call.resumeAll();
}
