import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type RedisClientType } from 'redis';
import type { Logger } from '../../server/runtime/log.ts';
import { NodeRecord, SILENT_MS } from './node-record.ts';

/** What nodes and servers know of each other, in Redis. Every call throws while that does not answer. */
export interface NodeRegistry {
  /** Waits for the first connection, a moment at most. */
  isReady(): Promise<void>;
  put(record: NodeRecord): Promise<void>;
  list(): Promise<NodeRecord[]>;
  /** The node that has a room: a call, or the theatre and stage of a hall. */
  findOrigin(roomId: string): Promise<string | undefined>;
  /** @param instead who had it so far. @returns who has it now: another server may have been faster */
  claimOrigin(roomId: string, nodeId: string, instead: string | undefined): Promise<string>;
  /** The node that a person in a hall's audience was sent to. */
  findSeat(roomId: string, accountId: string): Promise<string | undefined>;
  putSeat(roomId: string, accountId: string, nodeId: string): Promise<void>;
  close(): void;
}

const NODES = 'huizhen:sfu-nodes';
const nodeKey = (nodeId: string) => `huizhen:sfu-node:${nodeId}`;
const originKey = (roomId: string) => `huizhen:sfu-origin:${roomId}`;
const seatsKey = (roomId: string) => `huizhen:sfu-seats:${roomId}`;

const PATIENCE_MS = 500;
/** A busy machine hears an answer late: what is not heard in time counts as not answered. */
const ANSWER_PATIENCE_MS = 1_500;
const FIRST_PATIENCE_MS = 2_000;
/** Longer than a node is waited for, so that it is read as silent before it is read as absent. */
const RECORD_MS = 3 * SILENT_MS;
/** Longer than any demonstration. */
const ROOM_MS = 24 * 60 * 60 * 1000;

/** Sets a key where it has the value that is expected, or none. */
const CLAIM = `
local now = redis.call('GET', KEYS[1])
if now and now ~= ARGV[2] then return now end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return ARGV[1]`;

/** Connects in the background, and again for ever. */
export function openNodeRegistry(url: string, log: Logger): NodeRegistry {
  const redis: RedisClientType = createClient({
    url,
    disableOfflineQueue: true,
    commandOptions: { timeout: PATIENCE_MS },
    socket: { reconnectStrategy: PATIENCE_MS, connectTimeout: PATIENCE_MS },
  });
  let isSilent = false;
  redis.on('error', (err: unknown) => {
    // An outage is told once.
    if (!isSilent) log.error({ err }, 'redis does not answer: nodes are used as last known');
    isSilent = true;
  });
  redis.on('ready', () => {
    isSilent = false;
  });
  const connected = redis.connect().then(
    () => undefined,
    (err: unknown) => log.debug({ err }, 'redis is not connected'),
  );
  return {
    isReady: () => Promise.race([connected, sleep(FIRST_PATIENCE_MS, undefined, { ref: false })]),
    async put(record) {
      const told = Promise.all([
        redis.set(nodeKey(record.nodeId), JSON.stringify(record), { expiration: { type: 'PX', value: RECORD_MS } }),
        redis.sAdd(NODES, record.nodeId),
      ]);
      await answered(told);
    },
    async list() {
      const nodeIds = await answered(redis.sMembers(NODES));
      if (nodeIds.length === 0) return [];
      const texts = await answered(redis.mGet(nodeIds.map(nodeKey)));
      const gone = nodeIds.filter((_, index) => texts[index] === null);
      if (gone.length > 0) await answered(redis.sRem(NODES, gone));
      return texts.flatMap((text) => (text === null || text === undefined ? [] : parseRecord(text, log)));
    },
    async findOrigin(roomId) {
      return (await answered(redis.get(originKey(roomId)))) ?? undefined;
    },
    async claimOrigin(roomId, nodeId, instead) {
      const keys = [originKey(roomId)];
      const now = await answered(redis.eval(CLAIM, { keys, arguments: [nodeId, instead ?? nodeId, String(ROOM_MS)] }));
      return String(now);
    },
    async findSeat(roomId, accountId) {
      return (await answered(redis.hGet(seatsKey(roomId), accountId))) ?? undefined;
    },
    async putSeat(roomId, accountId, nodeId) {
      const kept = [redis.hSet(seatsKey(roomId), accountId, nodeId), redis.pExpire(seatsKey(roomId), ROOM_MS)];
      await answered(Promise.all(kept));
    },
    close: () => redis.destroy(),
  };
}

/** The client's own limit ends where a command is sent: one that hangs would be waited for without end. */
async function answered<T>(asked: Promise<T>): Promise<T> {
  const inTime = new AbortController();
  const tooLate = sleep(ANSWER_PATIENCE_MS, undefined, { ref: false, signal: inTime.signal }).then((): never => {
    throw new Error('redis does not answer in time');
  });
  tooLate.catch(() => undefined);
  try {
    return await Promise.race([asked, tooLate]);
  } finally {
    inTime.abort();
  }
}

/** A node of another version may say more, or something else: it is passed over. */
function parseRecord(text: string, log: Logger): NodeRecord[] {
  try {
    return [NodeRecord.parse(JSON.parse(text))];
  } catch (err) {
    log.warn({ err }, 'a node of another version is not used');
    return [];
  }
}
