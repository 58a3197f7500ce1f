import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { createWorker } from 'mediasoup';
import { createLog } from '../../server/runtime/log.ts';
import { CallRoom } from '../../sfu/call-room.ts';
import { MEDIA_CODECS } from '../../sfu/media.ts';
import { consume, produce } from '../../sfu/tracks.ts';
import { findWorkerBin } from '../../sfu/worker/find-worker.ts';
import { startWorkers } from '../../sfu/workers.ts';
import { enter, type Forwarding, measure, openReceiver, openSource, type Round, startSink } from './forwarding.ts';
import { createReport, quantile, type Report } from './report.ts';
import { PICTURE, PICTURE_PARAMETERS, VOICE, VOICE_PARAMETERS } from './rtp-source.ts';

const CONSUMERS = 200;
const RECEIVERS = CONSUMERS / 2;
const ROUNDS = 4;
type Open = (workerBin: string, sinkPort: number) => Promise<Forwarding>;

/**
 * What forwarding to 200 consumers costs: through the sfu's own workers, rooms and tracks, and through a bare loop over mediasoup, in turns.
 * Each consumer is encrypted (SRTP) as for a browser; plain transports stand for the browsers' ones, which add ICE, DTLS and the estimate of the line.
 * BENCH_WORKER_BIN names a second mediasoup-worker, which takes its turns too.
 */
export async function benchSfu(): Promise<void> {
  const report = createReport('sfu');
  const { BENCH_WORKER_BIN: other } = process.env;
  const binaries = new Map([['', await findWorkerBin()], ...(other ? [['other-worker-', other] as const] : [])]);
  const sink = await startSink();
  try {
    const rounds = new Map<string, Round[]>();
    for (let round = 1; round <= ROUNDS; round += 1)
      for (const [binary, workerBin] of binaries)
        for (const [name, open] of [['sfu', openSfu] as const, ['bare', openBare] as const]) {
          const label = `${binary}${name}`;
          report.say(`round ${round} of ${ROUNDS}: ${label}`);
          const forwarding = await open(workerBin, sink.port);
          const measured = await measure(forwarding, sink, [VOICE, PICTURE], RECEIVERS).finally(() =>
            forwarding.close(),
          );
          rounds.set(label, [...(rounds.get(label) ?? []), measured]);
        }
    for (const [label, all] of rounds) tell(report, label, all);
    for (const binary of binaries.keys()) {
      const [own, bare] = ['sfu', 'bare'].map((name) => cpuOf(rounds.get(`${binary}${name}`) ?? []));
      report.value(`${binary}sfu-cpu-over-bare`, (own ?? Number.NaN) / (bare ?? Number.NaN), 'times');
    }
  } finally {
    sink.process.disconnect();
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
  return { workerPids: [worker.pid], port: source.tuple.localPort, close: () => worker.close() };
};

/** The sfu's own workers, room, peers and tracks, with all that they listen to. */
const openSfu: Open = async (workerBin, sinkPort) => {
  const log = createLog('silent', 'bench');
  const config = {
    mediaPort: 0,
    mediaAddresses: [{ ip: '127.0.0.1' }],
    workerCount: 1,
    graceMs: 0,
    recordingsFolder: tmpdir(),
    recordingMinFreeBytes: 0,
  };
  const workers = await startWorkers({ config, workerBin, log, onDied: () => undefined });
  const mediaWorker = await workers.pick(() => 0);
  const room = await CallRoom.open({ roomId: randomUUID(), log, onClose: () => undefined }, mediaWorker);
  const { origin } = room;
  const source = await openSource(origin.router);
  const sender = enter(room, origin, source);
  const producers = [
    await produce(room, sender, { source: 'audio', rtpParameters: VOICE_PARAMETERS, paused: false }),
    await produce(room, sender, { source: 'video', rtpParameters: PICTURE_PARAMETERS, paused: false }),
  ];
  for (let receiver = 0; receiver < RECEIVERS; receiver += 1) {
    const peer = enter(room, origin, await openReceiver(origin.router, sinkPort));
    for (const { id } of producers) {
      const { consumerId } = await consume(room, peer, id);
      await peer.consumers.get(consumerId)?.resume();
    }
  }
  return { workerPids: [mediaWorker.worker.pid], port: source.tuple.localPort, close: () => workers.close() };
};
