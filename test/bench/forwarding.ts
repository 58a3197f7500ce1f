import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { types } from 'mediasoup';
import type { HallClaims } from '../../sfu/contract/token.ts';
import { Peer, type PeerTransports } from '../../sfu/peer.ts';
import type { Place } from '../../sfu/place.ts';
import type { Room } from '../../sfu/room.ts';
import { processorSeconds } from './process-usage.ts';
import type { Arrived } from './rtp-sink.ts';
import { packetsPerS, type SourceTrack, startSource } from './rtp-source.ts';

const WARM_UP_MS = 1_500;
const MEASURED_MS = 5_000;
const LISTEN: types.TransportListenInfo = { protocol: 'udp', ip: '127.0.0.1' };

/** One way of forwarding tracks to many receivers. */
export interface Forwarding {
  workerPids: number[];
  /** Where the source sends to. */
  port: number;
  close(): void;
}

export interface Round {
  /** Of all workers together. */
  workerCpu: number;
  /** Of the worker that the source sends to, the first. */
  originCpu: number;
  processCpu: number;
  delivered: number;
  delaysMs: number[];
}

/** A process that counts what it receives. */
export interface Sink {
  process: ChildProcess;
  port: number;
}

export async function startSink(): Promise<Sink> {
  const sink = fork(fileURLToPath(new URL('rtp-sink.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  const [{ port }] = (await once(sink, 'message')) as [{ port: number }];
  return { process: sink, port };
}

/** @param counted receivers whose packets come to the sink */
export async function measure(
  { workerPids, port }: Forwarding,
  sink: Sink,
  tracks: readonly SourceTrack[],
  counted: number,
): Promise<Round> {
  const ask = async (): Promise<Arrived> => {
    sink.process.send('report');
    const [arrived] = (await once(sink.process, 'message')) as [Arrived];
    return arrived;
  };
  const source = startSource(port, tracks);
  try {
    await sleep(WARM_UP_MS);
    await ask();
    const pids = [process.pid, ...workerPids];
    const startMs = performance.now();
    const before = pids.map(processorSeconds);
    await sleep(MEASURED_MS);
    const seconds = (performance.now() - startMs) / 1000;
    const [processCpu = 0, ...workersCpu] = pids.map(
      (pid, index) => ((processorSeconds(pid) - (before[index] ?? 0)) / seconds) * 100,
    );
    const { packets, delaysMs } = await ask();
    const delivered = (packets / (packetsPerS(tracks) * seconds * counted)) * 100;
    const workerCpu = workersCpu.reduce((sum, one) => sum + one, 0);
    return { workerCpu, originCpu: workersCpu[0] ?? 0, processCpu, delivered, delaysMs };
  } finally {
    source.close();
  }
}

export const openSource = (router: types.Router) =>
  router.createPlainTransport({ listenInfo: LISTEN, rtcpMux: true, comedia: true });

/** Encrypts what it sends, as for a browser. */
export async function openReceiver(router: types.Router, sinkPort: number): Promise<types.PlainTransport> {
  const transport = await router.createPlainTransport({ listenInfo: LISTEN, rtcpMux: true, enableSrtp: true });
  const keyBase64 = randomBytes(30).toString('base64');
  const srtpParameters: types.SrtpParameters = { cryptoSuite: 'AES_CM_128_HMAC_SHA1_80', keyBase64 };
  await transport.connect({ ip: '127.0.0.1', port: sinkPort, srtpParameters });
  return transport;
}

/** What a token says of somebody in a bench. */
export function claimsOf(room: Pick<Room, 'roomId'>, hall?: HallClaims): Peer['claims'] {
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  return {
    tokenId: randomUUID(),
    roomId: room.roomId,
    accountId: randomUUID(),
    signInId: randomUUID(),
    signInEndsAt: inAnHour,
    displayName: '李医生',
    facilityName: '县人民医院',
    role: 'physician',
    mayPublish: hall ? (hall.seat === 'theatre' ? ['audio', 'field'] : []) : ['audio', 'video', 'screen'],
    ...(hall && { hall }),
    issuedAt: new Date().toISOString(),
    expiresAt: inAnHour,
  };
}

/** A peer without a browser behind it: rooms and tracks use of a transport what all kinds have. */
export function enter(room: Room, place: Place, transport: types.PlainTransport, claims = claimsOf(room)): Peer {
  const transports = { send: transport, recv: transport, place } as unknown as PeerTransports;
  const peer = new Peer(claims, randomUUID(), transports);
  peer.rtpCapabilities = place.router.rtpCapabilities as NonNullable<Peer['rtpCapabilities']>;
  room.add(peer);
  return peer;
}
