import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { createWorker } from 'mediasoup';
import { createLog } from '../../server/runtime/log.ts';
import { Hall } from '../../sfu/hall/hall.ts';
import { createStanding } from '../../sfu/hall/standing.ts';
import { MEDIA_CODECS } from '../../sfu/media.ts';
import { consume, produce } from '../../sfu/tracks.ts';
import { findWorkerBin } from '../../sfu/worker/find-worker.ts';
import { startWorkers } from '../../sfu/workers.ts';
import {
  claimsOf,
  enter,
  type Forwarding,
  measure,
  openReceiver,
  openSource,
  type Round,
  type Sink,
  startSink,
} from './forwarding.ts';
import { residentMib } from './process-usage.ts';
import { createReport, quantile, type Report } from './report.ts';
import { PICTURE, PICTURE_PARAMETERS, type SourceTrack, VOICE, VOICE_PARAMETERS } from './rtp-source.ts';
import { benchAudience } from './theatre-audience.ts';
import { openNodes, SEAT } from './theatre-nodes.ts';
import { benchPages } from './theatre-pages.ts';
import { benchWatching } from './theatre-watching.ts';

const AUDIENCES = [50, 150, 300];
const WORKERS = [1, 2];
const ROUNDS = 3;
/** 1.2 Mbit/s, and a voice of 60 ms packets beside it. */
const TRACKS: SourceTrack[] = [
  { ...PICTURE, everyMs: 8, sizeBytes: 1_200 },
  { ...VOICE, everyMs: 60, sizeBytes: 120 },
];
/** One receiver in so many is counted; what the others get goes to a process that reads nothing, so that counting takes no processor from forwarding. */
const COUNTED_EACH = 10;
/** Percent of the packets: where fewer arrive the workers did not get the processor that they needed. */
const BUSY_BELOW = 95;
const ORIGIN_WATCHERS = 100;
const FURTHER_NODES = [0, 1, 3];

interface Asked {
  workerBin: string;
  watchers: number;
  workerCount: number;
  sinkOf(watcher: number): number;
}
type Open = (asked: Asked) => Promise<Forwarding>;

/**
 * What a watcher of a demonstration costs, through a hall and through a bare loop over mediasoup, in turns; then how long joining, cutting and
 * granting take with many there. Plain encrypted transports stand for browsers' ones, as in the bench of the sfu.
 */
export async function benchTheatre(parts: string[]): Promise<void> {
  const report = createReport('theatre');
  const isAsked = (part: string) => parts.length === 0 || parts.includes(part);
  if (isAsked('cost')) await benchCost(report);
  if (isAsked('watching')) await benchWatching(report);
  if (isAsked('audience')) await benchAudience(report);
  if (isAsked('pages')) await benchPages(report);
}

async function benchCost(report: Report): Promise<void> {
  const workerBin = await findWorkerBin();
  const [counting, deaf] = await Promise.all([startSink(), startSink()]);
  deaf.process.kill('SIGSTOP');
  const sinkOf = (watcher: number) => (watcher % COUNTED_EACH === 0 ? counting : deaf).port;
  try {
    for (const workerCount of WORKERS)
      for (const watchers of AUDIENCES) {
        const rounds = { hall: [] as Measured[], bare: [] as Measured[] };
        for (let round = 0; round < ROUNDS; round += 1) {
          const both = [['hall', openHall] as const, ['bare', openBare] as const];
          for (const [name, open] of round % 2 === 0 ? both : both.reverse()) {
            report.say(`${workerCount} workers, ${watchers} watchers, round ${round + 1} of ${ROUNDS}: ${name}`);
            const forwarding = await open({ workerBin, watchers, workerCount, sinkOf });
            const measured = await measure(forwarding, counting, TRACKS, Math.ceil(watchers / COUNTED_EACH));
            const workerMib = forwarding.workerPids.reduce((sum, pid) => sum + residentMib(pid), 0);
            rounds[name].push({ ...measured, workerMib });
            forwarding.close();
          }
        }
        tell(report, `workers-${workerCount}-watchers-${watchers}`, watchers, rounds);
      }
    await benchNodes(report, { workerBin, sinkOf, counting });
  } finally {
    counting.process.disconnect();
    deaf.process.kill('SIGKILL');
  }
}

/** Over two nodes what a watcher costs, against two workers of one; and what each further node costs the worker that the theatre sends to. */
async function benchNodes(
  report: Report,
  { workerBin, sinkOf, counting }: { workerBin: string; sinkOf(watcher: number): number; counting: Sink },
): Promise<void> {
  const run = async (open: () => Promise<Forwarding>, watchers: number) => {
    const forwarding = await open();
    const measured = await measure(forwarding, counting, TRACKS, Math.ceil(watchers / COUNTED_EACH));
    forwarding.close();
    return measured;
  };
  for (const watchers of AUDIENCES) {
    const rounds = { nodes: [] as Round[], workers: [] as Round[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      report.say(`2 nodes, ${watchers} watchers, round ${round + 1} of ${ROUNDS}`);
      const half = watchers / 2;
      rounds.nodes.push(await run(() => openNodes({ workerBin, watchers: [half, half], sinkOf }), watchers));
      rounds.workers.push(await run(() => openHall({ workerBin, watchers, workerCount: 2, sinkOf }), watchers));
    }
    const median = (which: Round[], read: (round: Round) => number) => quantile(which.map(read), 0.5);
    const cpu = (which: Round[]) => median(which, ({ workerCpu }) => workerCpu);
    const delivered = median(rounds.nodes, (round) => round.delivered);
    report.value(`nodes-2-watchers-${watchers}-cpu-per-watcher`, cpu(rounds.nodes) / watchers, '% of a core');
    report.value(`nodes-2-watchers-${watchers}-delivered`, delivered, '% of the packets');
    report.value(
      `nodes-2-watchers-${watchers}-cpu-over-workers-2`,
      cpu(rounds.nodes) / cpu(rounds.workers),
      'times',
      1.1,
    );
  }
  const origins: number[] = [];
  for (const further of FURTHER_NODES) {
    const watchers = [ORIGIN_WATCHERS, ...Array.from({ length: further }, () => 1)];
    const each: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      report.say(`${further} further nodes, round ${round + 1} of ${ROUNDS}`);
      each.push((await run(() => openNodes({ workerBin, watchers, sinkOf }), ORIGIN_WATCHERS)).originCpu);
    }
    origins.push(quantile(each, 0.5));
  }
  const [alone = 0, ...others] = origins;
  for (const [index, cpu] of others.entries()) {
    const further = FURTHER_NODES[index + 1] ?? 1;
    report.value(`origin-cpu-extra-per-node-with-${further}`, ((cpu / alone - 1) * 100) / further, '% of its own', 5);
  }
}

interface Measured extends Round {
  workerMib: number;
}

function tell(report: Report, what: string, watchers: number, rounds: Record<'hall' | 'bare', Measured[]>): void {
  const median = (name: 'hall' | 'bare', read: (round: Measured) => number) => quantile(rounds[name].map(read), 0.5);
  for (const name of ['hall', 'bare'] as const) {
    report.value(
      `${what}-${name}-cpu-per-watcher`,
      median(name, ({ workerCpu }) => workerCpu) / watchers,
      '% of a core',
    );
    report.value(
      `${what}-${name}-origin-cpu`,
      median(name, ({ originCpu }) => originCpu),
      '% of a core',
    );
    report.value(
      `${what}-${name}-process-cpu`,
      median(name, ({ processCpu }) => processCpu),
      '% of a core',
    );
    report.value(
      `${what}-${name}-worker-memory`,
      median(name, ({ workerMib }) => workerMib),
      'MiB',
    );
    report.value(
      `${what}-${name}-delivered`,
      median(name, ({ delivered }) => delivered),
      '% of the packets',
    );
    report.samples(
      `${what}-${name}-delay`,
      rounds[name].flatMap(({ delaysMs }) => delaysMs),
      'ms',
    );
  }
  const least = Math.min(...(['hall', 'bare'] as const).map((name) => median(name, ({ delivered }) => delivered)));
  if (least < BUSY_BELOW) report.say(`${what}: the machine is too busy, its figures mean nothing`);
  const over = median('hall', ({ workerCpu }) => workerCpu) / median('bare', ({ workerCpu }) => workerCpu);
  report.value(`${what}-hall-cpu-over-bare`, over, 'times', 1.05);
}

/** What one would write who knows mediasoup only. */
const openBare: Open = async ({ workerBin, watchers, workerCount, sinkOf }) => {
  const workers = await Promise.all(
    Array.from({ length: workerCount }, () => createWorker({ workerBin, logLevel: 'error' })),
  );
  const routers = await Promise.all(workers.map((worker) => worker.createRouter({ mediaCodecs: MEDIA_CODECS })));
  const [origin, ...edges] = routers;
  if (!origin) throw new Error('no worker');
  const source = await openSource(origin);
  const producers = [
    await source.produce({ kind: 'audio', rtpParameters: VOICE_PARAMETERS }),
    await source.produce({ kind: 'video', rtpParameters: PICTURE_PARAMETERS }),
  ];
  for (const router of edges)
    for (const { id: producerId } of producers) await origin.pipeToRouter({ producerId, router });
  for (let watcher = 0; watcher < watchers; watcher += 1) {
    const router = routers[watcher % workerCount] ?? origin;
    const transport = await openReceiver(router, sinkOf(watcher));
    for (const { id: producerId } of producers)
      await transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities, enableRtx: true });
  }
  const close = () => {
    for (const worker of workers) worker.close();
  };
  return { workerPids: workers.map(({ pid }) => pid), port: source.tuple.localPort, close };
};

/** The sfu's own workers, hall, peers and tracks, with all that they listen to. */
const openHall: Open = async ({ workerBin, watchers, workerCount, sinkOf }) => {
  const log = createLog('silent', 'bench');
  const config = {
    mediaPort: 0,
    mediaAddresses: [{ ip: '127.0.0.1' }],
    workerCount,
    graceMs: 0,
    recordingsFolder: tmpdir(),
    recordingMinFreeBytes: 0,
  };
  const workers = await startWorkers({ config, workerBin, log, onDied: () => undefined });
  const pids = new Set<number>();
  const pickWorker = async () => {
    const picked = await workers.pick((one) => hall.streamsOn(one));
    pids.add(picked.worker.pid);
    return picked;
  };
  const mediaWorker = await workers.pick(() => 0);
  pids.add(mediaWorker.worker.pid);
  const standing = createStanding();
  const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
  const recorder = { folder: tmpdir(), minFreeBytes: 0, hasFfmpeg: false };
  const parts = { roomId: randomUUID(), log, onClose: () => undefined, standing, recorder, pickWorker, listenInfo };
  const hall = await Hall.open(parts, mediaWorker);
  const source = await openSource(hall.origin.router);
  const theatre = enter(hall, hall.origin, source, claimsOf(hall, { ...SEAT, seat: 'theatre' }));
  const producers = [
    await produce(hall, theatre, { source: 'audio', rtpParameters: VOICE_PARAMETERS, paused: false }),
    await produce(hall, theatre, { source: 'field', rtpParameters: PICTURE_PARAMETERS, paused: false }),
  ];
  for (let watcher = 0; watcher < watchers; watcher += 1) {
    const claims = claimsOf(hall, { ...SEAT, seat: 'audience' });
    const { place, release } = await hall.reserve(claims);
    const peer = enter(hall, place, await openReceiver(place.router, sinkOf(watcher)), claims);
    release();
    for (const { id } of producers) {
      const { consumerId } = await consume(hall, peer, id);
      await peer.consumers.get(consumerId)?.resume();
    }
  }
  return { workerPids: [...pids], port: source.tuple.localPort, close: () => workers.close() };
};
