import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { createLog } from '../../server/runtime/log.ts';
import { EdgeHall } from '../../sfu/hall/edge-hall.ts';
import { Hall } from '../../sfu/hall/hall.ts';
import { acceptLinks } from '../../sfu/hall/link/accept-links.ts';
import { mintLinkToken } from '../../sfu/hall/link/token.ts';
import { createStanding } from '../../sfu/hall/standing.ts';
import { consume, produce } from '../../sfu/tracks.ts';
import { startWorkers } from '../../sfu/workers.ts';
import { claimsOf, enter, type Forwarding, openReceiver, openSource } from './forwarding.ts';
import { PICTURE_PARAMETERS, VOICE_PARAMETERS } from './rtp-source.ts';

export const SEAT = { mayCut: false, maxReceiveBps: 6_000_000, maxSendBps: 12_000_000 };

interface NodesAsked {
  workerBin: string;
  /** Of each node, the origin first. */
  watchers: number[];
  sinkOf(watcher: number): number;
}

const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
const secret = 'of-the-bench-alone';

/** A hall on several nodes of one worker each, all in this process: linked, piped and encrypted as between machines. */
export async function openNodes({ workerBin, watchers, sinkOf }: NodesAsked): Promise<Forwarding> {
  const log = createLog('silent', 'bench');
  const startWorker = async () => {
    const media = { mediaPort: 0, mediaAddresses: [{ ip: '127.0.0.1' }], workerCount: 1 };
    const config = { ...media, graceMs: 0, recordingsFolder: tmpdir(), recordingMinFreeBytes: 0 };
    const workers = await startWorkers({ config, workerBin, log, onDied: () => undefined });
    return { workers, mediaWorker: await workers.pick(() => 0) };
  };
  const started = await Promise.all(watchers.map(startWorker));
  const [origin, ...further] = started;
  if (!origin) throw new Error('no node');
  const partsOf = ({ mediaWorker }: typeof origin) => ({
    roomId: randomUUID(),
    log,
    onClose: () => undefined,
    standing: createStanding(),
    recorder: { folder: tmpdir(), minFreeBytes: 0, hasFfmpeg: false },
    pickWorker: async () => mediaWorker,
    listenInfo,
  });
  const hall = await Hall.open(partsOf(origin), origin.mediaWorker);
  const nodeId = randomUUID();
  const httpServer = createServer().listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const links = acceptLinks({ httpServer, nodeId, secret, holdHall: async () => ({ hall, ...hall.hold() }), log });
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;

  const source = await openSource(hall.origin.router);
  const theatre = enter(hall, hall.origin, source, claimsOf(hall, { ...SEAT, seat: 'theatre' }));
  const tracks = [
    await produce(hall, theatre, { source: 'audio', rtpParameters: VOICE_PARAMETERS, paused: false }),
    await produce(hall, theatre, { source: 'field', rtpParameters: PICTURE_PARAMETERS, paused: false }),
  ];
  const edges = await Promise.all(
    further.map(async (node) => {
      const mintToken = (toNodeId: string) =>
        mintLinkToken({ fromNodeId: randomUUID(), toNodeId, roomId: hall.roomId }, secret);
      const parts = { ...partsOf(node), mintLinkToken: mintToken, findOrigin: async () => ({ nodeId, url }) };
      return await EdgeHall.open(parts, node.mediaWorker, nodeId);
    }),
  );
  let entered = 0;
  for (const [index, room] of [hall, ...edges].entries())
    for (let count = 0; count < (watchers[index] ?? 0); count += 1) {
      const claims = claimsOf(hall, { ...SEAT, seat: 'audience' });
      const { place, release } = await room.reserve(claims);
      const peer = enter(room, place, await openReceiver(place.router, sinkOf(entered)), claims);
      release();
      entered += 1;
      for (const { id } of tracks) {
        const { consumerId } = await consume(room, peer, id);
        await peer.consumers.get(consumerId)?.resume();
      }
    }
  return {
    workerPids: started.map(({ mediaWorker }) => mediaWorker.worker.pid),
    port: source.tuple.localPort,
    close() {
      for (const edge of edges) edge.close();
      links.close();
      httpServer.close();
      httpServer.closeAllConnections();
      for (const { workers } of started) workers.close();
    },
  };
}
