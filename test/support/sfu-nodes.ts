import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallTicket } from '../../server/contract/call.ts';
import { type MediaNodes, openMediaNodes } from '../../server/media-nodes/open.ts';
import { createLog } from '../../server/runtime/log.ts';
import type { HallClaims, HallSeat } from '../../sfu/contract/token.ts';
import { type NodeRegistry, openNodeRegistry } from '../../sfu/nodes/registry.ts';
import type { RoomTokenGrant } from '../../sfu/room-token.ts';
import { eventually } from './eventually.ts';
import { HallPerson, hallGrant } from './hall-world.ts';
import { type NodeGate, openNodeGate } from './node-gate.ts';
import { type Redis, startRedis } from './redis.ts';
import { RtpLine } from './rtp.ts';
import { connectSfu, tokenFor } from './sfu-client.ts';
import { findFreePort, type RunningProcess, startProcess } from './start-process.ts';

/** A node's process, and the gate that servers and other nodes reach it by; browsers reach it directly. */
export interface RunningNode extends RunningProcess {
  gate: NodeGate;
  /** Its own way to Redis, all of it a `control`. */
  redisGate: NodeGate;
}

/** `npm run sfu` as it is, and with plain RTP for browsers' media. */
const MAINS = { browser: 'sfu/main.ts', plain: 'test/support/plain-sfu.ts' };

/** An sfu as a process of its own that registers. */
async function startSfuNode(
  { main, redisUrl, secret }: { main: string; redisUrl: string; secret: string },
  dataDir: string,
): Promise<RunningNode> {
  const port = await findFreePort();
  const gate = await openNodeGate(port);
  const redisGate = await openNodeGate(Number(new URL(redisUrl).port));
  const started = await startProcess(main, [], {
    HOST: '127.0.0.1',
    PORT: String(port),
    SFU_URL: gate.url,
    SFU_PUBLIC_URL: `http://127.0.0.1:${port}`,
    REDIS_URL: redisGate.url.replace('http:', 'redis:'),
    ROOM_TOKEN_SECRET: secret,
    MEDIA_PORT: '0',
    MEDIA_ADDRESS: '127.0.0.1',
    MEDIA_DRAIN_S: '60',
    DATA_DIR: dataDir,
    WORKERS: '1',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
  });
  return Object.defineProperties({ gate, redisGate } as RunningNode, Object.getOwnPropertyDescriptors(started));
}

const LOG = createLog(process.env['TEST_LOG_LEVEL'] ?? 'silent', 'nodes');

/** Two sfu nodes in processes of their own, a Redis, and what a server knows of them; one hall, and people in it. */
export class SfuNodes {
  readonly redis: Redis;
  readonly processes: RunningNode[];
  readonly secret: string;
  readonly server: MediaNodes;
  readonly line: RtpLine;
  readonly registry: NodeRegistry;
  readonly #dataDir: string;
  roomId: string = randomUUID();
  people: HallPerson[] = [];

  private constructor(
    parts: Pick<SfuNodes, 'redis' | 'processes' | 'secret' | 'server' | 'line' | 'registry'>,
    dataDir: string,
  ) {
    this.redis = parts.redis;
    this.processes = parts.processes;
    this.secret = parts.secret;
    this.server = parts.server;
    this.line = parts.line;
    this.registry = parts.registry;
    this.#dataDir = dataDir;
  }

  static async start(count = 2, media: keyof typeof MAINS = 'plain'): Promise<SfuNodes> {
    const secret = randomBytes(32).toString('base64url');
    const redis = await startRedis();
    const dataDir = await mkdtemp(join(tmpdir(), 'huizhen-nodes-'));
    const main = MAINS[media];
    const startNode = () => startSfuNode({ main, redisUrl: redis.url, secret }, dataDir);
    const processes = await Promise.all(Array.from({ length: count }, startNode));
    const [first] = processes;
    const sfuUrl = first?.url ?? '';
    const server = await openMediaNodes({ redisUrl: redis.url, sfuUrl, sfuPublicUrl: sfuUrl, secret, log: LOG });
    const registry = openNodeRegistry(redis.url, LOG);
    await registry.isReady();
    const world = new SfuNodes({ redis, processes, secret, server, registry, line: await RtpLine.open() }, dataDir);
    await world.areThere(count);
    return world;
  }

  /** Where all nodes record. */
  get recordingsFolder(): string {
    return join(this.#dataDir, 'recordings');
  }

  /** As many nodes as that are known to be there. */
  async areThere(count: number): Promise<void> {
    await eventually(`${count} nodes are there`, async () => (await this.server.sfu.health()).workers === count);
  }

  /** What a further server knows, which has sent nobody anywhere. Whoever opens it closes it. */
  async openServer(): Promise<MediaNodes> {
    const sfuUrl = this.processes[0]?.url ?? '';
    const { secret } = this;
    return await openMediaNodes({ redisUrl: this.redis.url, sfuUrl, sfuPublicUrl: sfuUrl, secret, log: LOG });
  }

  /** One more. */
  async add(): Promise<RunningNode> {
    const added = await startSfuNode(
      { main: MAINS.plain, redisUrl: this.redis.url, secret: this.secret },
      this.#dataDir,
    );
    this.processes.push(added);
    await this.areThere(this.processes.length);
    return added;
  }

  processAt(url: string): RunningNode {
    const found = this.processes.find((one) => one.url === url);
    if (!found) throw new Error(`no process at ${url}`);
    return found;
  }

  otherThan(url: string): RunningNode {
    const found = this.processes.find((one) => one.url !== url);
    if (!found) throw new Error('one process alone');
    return found;
  }

  /** To where the server sends whoever asks for a ticket. @param url of the node that they were at before */
  async enter(
    seat: HallSeat,
    { url, grant = {} }: { url?: string; grant?: Partial<RoomTokenGrant> } = {},
  ): Promise<SeatedPerson> {
    const { roomId, secret } = this;
    const accountId = grant.accountId ?? randomUUID();
    if (url !== undefined) await this.seatAt(url, accountId);
    const isWatcher = seat === 'audience' && (grant.mayPublish?.length ?? 0) === 0;
    const { sfuUrl, originNodeId } = await this.server.placeIn(roomId, { accountId, isWatcher });
    const hall: Partial<HallClaims> = originNodeId === undefined ? {} : { originNodeId };
    const token = tokenFor(roomId, secret, { ...hallGrant(seat, hall), ...grant, accountId });
    return await this.enterWith({ sfuUrl, token }, accountId);
  }

  async enterWith({ sfuUrl, token }: Pick<CallTicket, 'sfuUrl' | 'token'>, accountId = ''): Promise<SeatedPerson> {
    const client = await connectSfu(sfuUrl, token);
    const person = new HallPerson(this.line, client, token, accountId, (port) => this.line.greet(port));
    this.people.push(person);
    await person.join();
    return Object.assign(person, { url: sfuUrl });
  }

  /** Somebody was at that node before. */
  async seatAt(url: string, accountId: string): Promise<void> {
    const node = (await this.registry.list()).findLast((one) => one.publicUrl === url && one.state === 'open');
    if (!node) throw new Error(`no node at ${url}`);
    await this.registry.putSeat(this.roomId, accountId, node.nodeId);
  }

  /** Everybody goes, and the next hall is another one. */
  async empty(): Promise<void> {
    for (const person of this.people.splice(0)) {
      person.stop();
      person.client.close();
    }
    const end = () => this.server.sfu.endRoom(this.roomId);
    // Hundreds have just gone: a busy machine may take longer than a control waits.
    await eventually(
      'the hall is ended',
      async () =>
        await end().then(
          () => true,
          () => false,
        ),
    );
    this.roomId = randomUUID();
  }

  async close(): Promise<void> {
    for (const person of this.people) {
      person.stop();
      person.client.close();
    }
    this.line.close();
    this.registry.close();
    await this.server.sfu.close();
    for (const one of this.processes) {
      one.gate.close();
      one.redisGate.close();
      await one.kill('SIGKILL');
    }
    await this.redis.close();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}

export type SeatedPerson = HallPerson & { url: string };
