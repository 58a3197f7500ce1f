import type { Server as HttpServer } from 'node:http';
import { setLogEventListeners } from 'mediasoup';
import type { Logger } from '../server/runtime/log.ts';
import type { SfuConfig } from './config.ts';
import type { CutState } from './contract/token.ts';
import { controlAlone, type NodeControl, type SfuControl } from './control.ts';
import { EdgeHall } from './hall/edge-hall.ts';
import { acceptLinks } from './hall/link/accept-links.ts';
import { orderHalls } from './hall/orders.ts';
import { meanLoad } from './load.ts';
import type { JoinedNodes } from './nodes/joined-nodes.ts';
import { pauseProducer } from './pauses.ts';
import type { PeerProducer } from './peer.ts';
import { type MakeWorkerBin, type PreparedWorkers, prepareWorkers } from './prepare-workers.ts';
import { hasFfmpeg } from './recorder/ffmpeg.ts';
import { Rooms } from './rooms.ts';
import { isMeant } from './shut-out.ts';
import { startSignalling } from './signalling.ts';
import { findWorkerBin } from './worker/find-worker.ts';
import { startWorkers, type Workers } from './workers.ts';

export interface SfuParts {
  /** Signalling is attached to it; who made it listens and closes it. */
  httpServer: HttpServer;
  config: SfuConfig;
  /** The secret that room tokens are minted with. */
  secret: string;
  log: Logger;
  /** Where this sfu is one of several. */
  node?: JoinedNodes;
  /** Where `config` names no worker: gets one while the sfu is there already. Without it the sfu waits for one. */
  makeWorkerBin?: MakeWorkerBin;
}

/** A sign-in that is over lets nobody see or hear for longer than this. */
const EXPIRY_CHECK_MS = 1_000;

/** The sfu in this process; as a control it answers at once, as one alone and as one of several. */
export interface Sfu extends SfuControl, Pick<NodeControl, 'orderCut' | 'orderResume'> {
  /** Opens no more rooms; resolves once the last is closed. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Composes an sfu: media workers, rooms, signalling on the given http server. It does not listen.
 * @throws Error where there is no mediasoup-worker or a media port is taken
 */
export async function createSfu({ httpServer, config, secret, log, node, makeWorkerBin }: SfuParts): Promise<Sfu> {
  setLogEventListeners({
    onwarn: (namespace, text) => log.debug({ namespace }, text),
    onerror: (namespace, text, err) => log.error({ namespace, err }, text),
  });
  const { recordingsFolder: folder, recordingMinFreeBytes: minFreeBytes } = config;
  const recorder = { folder, minFreeBytes, hasFfmpeg: await hasFfmpeg() };
  if (!recorder.hasFfmpeg) log.warn('there is no ffmpeg: nothing can be recorded');
  const rooms = new Rooms({ workers: () => workers, recorder, node, secret, log });
  const start = (workerBin: string) => startWorkers({ config, workerBin, log, onDied: (dead) => rooms.abandon(dead) });
  const workers: PreparedWorkers =
    config.workerBin === undefined && makeWorkerBin
      ? prepareWorkers({ makeWorkerBin, start, log })
      : readyWorkers(await start(config.workerBin ?? (await findWorkerBin())));
  const signalling = startSignalling({ httpServer, rooms, secret, graceMs: config.graceMs, log });
  const expiry = setInterval(() => rooms.removeExpired(Date.now()), EXPIRY_CHECK_MS);
  expiry.unref();
  const links = node && joinNodes(node, { httpServer, rooms, workers, secret, log });
  const control: NodeControl = {
    async endRoom(roomId) {
      rooms.end(roomId);
    },
    async removePerson(removal) {
      // The room first: what it closes must not wait for anybody as a connection that is lost.
      rooms.removePerson(removal);
      signalling.dismiss((claims) => isMeant(removal, claims));
    },
    async listPeople() {
      return rooms.listPeople();
    },
    async mutePeer(roomId, accountId) {
      const room = await rooms.find(roomId);
      const voices = (room?.peersOf(accountId) ?? [])
        .flatMap((peer) => [...peer.producers.values()])
        .filter((producer) => producer.appData.source === 'audio');
      if (!room) return;
      const mute = (producer: PeerProducer) =>
        pauseProducer(room, producer, 'moderator').catch((error: unknown) => {
          // A voice that ends meanwhile is silent too.
          if (!producer.closed) throw error;
        });
      await Promise.all(voices.map(mute));
    },
    ...orderHalls(rooms),
    async health() {
      return { workers: workers.count() };
    },
    readiness: () => workers.readiness(),
  };
  return {
    ...control,
    ...controlAlone(control),
    drain: () => rooms.drain(),
    async close() {
      clearInterval(expiry);
      await node?.close();
      links?.close();
      signalling.close();
      rooms.close();
      workers.close();
    },
  };
}

interface JoiningParts extends Pick<SfuParts, 'httpServer' | 'secret' | 'log'> {
  rooms: Rooms;
  workers: PreparedWorkers;
}

/** From now on servers and other nodes know of this one. */
function joinNodes(node: JoinedNodes, { httpServer, rooms, workers, secret, log }: JoiningParts): { close(): void } {
  const { nodeId } = node;
  const holdHall = (roomId: string, cut: CutState) => rooms.holdHall(roomId, cut);
  const links = acceptLinks({ httpServer, nodeId, secret, holdHall, log });
  node.announce(() => ({
    workers: workers.count(),
    load: meanLoad(workers.list(), rooms.open),
    busiestCpuShare: Math.max(0, ...workers.list().map(({ watch }) => watch.cpuShare)),
    rooms: Object.fromEntries([...rooms.open].map(({ roomId, peers }) => [roomId, peers.length])),
    origins: [...rooms.open].flatMap((room) => (room instanceof EdgeHall ? [] : [room.roomId])),
  }));
  log.info({ nodeId }, 'joined the other sfu nodes');
  return links;
}

function readyWorkers(workers: Workers): PreparedWorkers {
  return { ...workers, readiness: () => ({ state: 'ready' }) };
}
