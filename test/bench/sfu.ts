import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createWorker, type types } from 'mediasoup';
import { createLog } from '../../server/runtime/log.ts';
import { MEDIA_CODECS } from '../../sfu/media.ts';
import { Peer, type PeerTransports } from '../../sfu/peer.ts';
import { Room } from '../../sfu/room.ts';
import { consume, produce } from '../../sfu/tracks.ts';
import { findWorkerBin } from '../../sfu/worker/find-worker.ts';
import { startWorkers } from '../../sfu/workers.ts';
import { processorSeconds } from './process-usage.ts';
import { createReport, quantile, type Report } from './report.ts';
import type { Arrived } from './rtp-sink.ts';
import { PACKETS_PER_S, PICTURE_PARAMETERS, startSource, VOICE_PARAMETERS } from './rtp-source.ts';

const CONSUMERS = 200;
const RECEIVERS = CONSUMERS / 2;
const ROUNDS = 4;
const WARM_UP_MS = 1_500;
const MEASURED_MS = 5_000;
const LISTEN: types.TransportListenInfo = { protocol: 'udp', ip: '127.0.0.1' };

/** One way of forwarding a voice and a picture to 100 receivers each. */
interface Forwarding {
  workerPid: number;
  /** Where the source sends to. */
  port: number;
  close(): void;
}
type Open = (workerBin: string, sinkPort: number) => Promise<Forwarding>;

interface Round {
  workerCpu: number;
  processCpu: number;
  delivered: number;
  delaysMs: number[];
}

/**
 * What forwarding to 200 consumers costs: through the sfu's own workers, rooms and tracks, and through a bare loop over mediasoup, in turns.
 * Each consumer is encrypted (SRTP) as for a browser; plain transports stand for the browsers' ones, which add ICE, DTLS and the estimate of the line.
 * BENCH_WORKER_BIN names a second mediasoup-worker, which takes its turns too.
 */
export async function benchSfu(): Promise<void> {
  const report = createReport('sfu');
  const { BENCH_WORKER_BIN: other } = process.env;
  const binaries = new Map([['', await findWorkerBin()], ...(other ? [['other-worker-', other] as const] : [])]);
  const sink = fork(fileURLToPath(new URL('rtp-sink.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  try {
    const [{ port }] = (await once(sink, 'message')) as [{ port: number }];
    const rounds = new Map<string, Round[]>();
    for (let round = 1; round <= ROUNDS; round += 1)
      for (const [binary, workerBin] of binaries)
        for (const [name, open] of [['sfu', openSfu] as const, ['bare', openBare] as const]) {
          const label = `${binary}${name}`;
          report.say(`round ${round} of ${ROUNDS}: ${label}`);
          const forwarding = await open(workerBin, port);
          const measured = await measure(forwarding, sink).finally(() => forwarding.close());
          rounds.set(label, [...(rounds.get(label) ?? []), measured]);
        }
    for (const [label, all] of rounds) tell(report, label, all);
    for (const binary of binaries.keys()) {
      const [own, bare] = ['sfu', 'bare'].map((name) => cpuOf(rounds.get(`${binary}${name}`) ?? []));
      report.value(`${binary}sfu-cpu-over-bare`, (own ?? Number.NaN) / (bare ?? Number.NaN), 'times');
    }
  } finally {
    sink.disconnect();
  }
}

const cpuOf = (rounds: Round[]) =>
  quantile(
    rounds.map(({ workerCpu }) => workerCpu),
    0.5,
  );

function tell(report: Report, label: string, rounds: Round[]): void {
  report.samples(
    `${label}-worker-cpu`,
    rounds.map(({ workerCpu }) => workerCpu),
    '% of a core',
  );
  report.samples(
    `${label}-process-cpu`,
    rounds.map(({ processCpu }) => processCpu),
    '% of a core',
  );
  report.samples(
    `${label}-delivered`,
    rounds.map(({ delivered }) => delivered),
    '% of the packets',
  );
  report.samples(
    `${label}-delay`,
    rounds.flatMap(({ delaysMs }) => delaysMs),
    'ms',
  );
}

async function measure({ workerPid, port }: Forwarding, sink: ChildProcess): Promise<Round> {
  const ask = async (): Promise<Arrived> => {
    sink.send('report');
    const [arrived] = (await once(sink, 'message')) as [Arrived];
    return arrived;
  };
  const source = startSource(port);
  try {
    await sleep(WARM_UP_MS);
    await ask();
    const pids = [workerPid, process.pid];
    const startMs = performance.now();
    const before = pids.map(processorSeconds);
    await sleep(MEASURED_MS);
    const seconds = (performance.now() - startMs) / 1000;
    const [workerCpu = 0, processCpu = 0] = pids.map(
      (pid, index) => ((processorSeconds(pid) - (before[index] ?? 0)) / seconds) * 100,
    );
    const { packets, delaysMs } = await ask();
    const delivered = (packets / (PACKETS_PER_S * seconds * RECEIVERS)) * 100;
    return { workerCpu, processCpu, delivered, delaysMs };
  } finally {
    source.close();
  }
}

const openSource = (router: types.Router) =>
  router.createPlainTransport({ listenInfo: LISTEN, rtcpMux: true, comedia: true });

/** Encrypts what it sends to the sink, as for a browser. */
async function openReceiver(router: types.Router, sinkPort: number): Promise<types.PlainTransport> {
  const transport = await router.createPlainTransport({ listenInfo: LISTEN, rtcpMux: true, enableSrtp: true });
  const keyBase64 = randomBytes(30).toString('base64');
  const srtpParameters: types.SrtpParameters = { cryptoSuite: 'AES_CM_128_HMAC_SHA1_80', keyBase64 };
  await transport.connect({ ip: '127.0.0.1', port: sinkPort, srtpParameters });
  return transport;
}

/** What one would write who knows mediasoup only. */
const openBare: Open = async (workerBin, sinkPort) => {
  const worker = await createWorker({ workerBin, logLevel: 'error' });
  const router = await worker.createRouter({ mediaCodecs: MEDIA_CODECS });
  const source = await openSource(router);
  const producers = [
    await source.produce({ kind: 'audio', rtpParameters: VOICE_PARAMETERS }),
    await source.produce({ kind: 'video', rtpParameters: PICTURE_PARAMETERS }),
  ];
  const { rtpCapabilities } = router;
  for (let receiver = 0; receiver < RECEIVERS; receiver += 1) {
    const transport = await openReceiver(router, sinkPort);
    for (const { id: producerId } of producers)
      await transport.consume({ producerId, rtpCapabilities, enableRtx: true });
  }
  return { workerPid: worker.pid, port: source.tuple.localPort, close: () => worker.close() };
};

/** The sfu's own workers, room, peers and tracks, with all that they listen to. */
const openSfu: Open = async (workerBin, sinkPort) => {
  const log = createLog('silent', 'bench');
  const config = { mediaPort: 0, mediaAddresses: [{ ip: '127.0.0.1' }], workerCount: 1, graceMs: 0 };
  const workers = await startWorkers({ config, workerBin, log, onDied: () => undefined });
  const mediaWorker = await workers.pick(() => 0);
  const room = await Room.open({ roomId: randomUUID(), mediaWorker, log, onClose: () => undefined });
  const source = await openSource(room.router);
  const sender = enter(room, source);
  const producers = [
    await produce(room, sender, { source: 'audio', rtpParameters: VOICE_PARAMETERS, paused: false }),
    await produce(room, sender, { source: 'video', rtpParameters: PICTURE_PARAMETERS, paused: false }),
  ];
  for (let receiver = 0; receiver < RECEIVERS; receiver += 1) {
    const peer = enter(room, await openReceiver(room.router, sinkPort));
    for (const { id } of producers) {
      const { consumerId } = await consume(room, peer, id);
      await peer.consumers.get(consumerId)?.resume();
    }
  }
  return { workerPid: mediaWorker.worker.pid, port: source.tuple.localPort, close: () => workers.close() };
};

/** A peer of the room without a browser behind it: rooms and tracks use of a transport what all kinds have. */
function enter(room: Room, transport: types.PlainTransport): Peer {
  const transports = { send: transport, recv: transport } as unknown as PeerTransports;
  const accountId = randomUUID();
  const peer = new Peer(
    {
      roomId: room.roomId,
      accountId,
      signInId: randomUUID(),
      signInEndsAt: new Date(Date.now() + 3_600_000).toISOString(),
      displayName: '李医生',
      facilityName: '县人民医院',
      role: 'physician',
      mayPublish: ['audio', 'video', 'screen'],
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    } as Peer['claims'],
    randomUUID(),
    transports,
  );
  peer.rtpCapabilities = room.router.rtpCapabilities as NonNullable<Peer['rtpCapabilities']>;
  room.add(peer);
  return peer;
}
