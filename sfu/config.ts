import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { localMediaAddresses, type MediaAddress, parseMediaAddresses } from './media-address.ts';

/** What the media needs to know, in the sfu's own process and inside the server's alike. */
export interface SfuConfig {
  /** UDP and TCP port of the first worker, the following ones of the others; 0: any free ports. */
  mediaPort: number;
  mediaAddresses: MediaAddress[];
  workerCount: number;
  /** mediasoup-worker; where absent, `findWorkerBin` looks for it. */
  workerBin?: string;
  /** How long a peer whose connection is lost is waited for. */
  graceMs: number;
  /** Where recordings go; the server hands them out from there. */
  recordingsFolder: string;
  /** With fewer free bytes on that disk nothing is recorded. */
  recordingMinFreeBytes: number;
}

/** What one of several sfu nodes needs to know. */
export interface NodeConfig {
  redisUrl: string;
  /** Where servers and other nodes reach this one, by HTTP and by UDP. */
  url: string;
  pipeAddress: MediaAddress;
  /** Where browsers reach its signalling. */
  publicUrl: string;
}

/** What an sfu in a process of its own needs besides. */
export interface SfuProcessConfig extends SfuConfig {
  host: string;
  port: number;
  dataDir: string;
  /** Set where it is one of several nodes: with both REDIS_URL and SFU_URL. */
  node?: NodeConfig;
  /** Absent: the shared file in `dataDir`. */
  roomTokenSecret?: string;
  /** How long a stop waits for the calls that are on; none are begun meanwhile. */
  drainMs: number;
  logLevel: string;
}

const Port = z.coerce.number().int().min(0).max(65535);
const MediaAddresses = z.string().transform((text, context) => {
  try {
    return parseMediaAddresses(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});
const Environment = z.object({
  HOST: z.string().default('0.0.0.0'),
  PORT: Port.default(3001),
  DATA_DIR: z.string().default('./data'),
  MEDIA_PORT: Port.default(40000),
  MEDIA_ADDRESS: MediaAddresses.optional(),
  MEDIA_GRACE_S: z.coerce.number().min(0).max(600).default(30),
  MEDIA_DRAIN_S: z.coerce.number().min(0).max(86_400).default(600),
  RECORDINGS_DIR: z.string().min(1).optional(),
  RECORDING_MIN_FREE_MB: z.coerce.number().min(0).default(500),
  WORKERS: z.coerce.number().int().min(1).max(256).optional(),
  REDIS_URL: z.url().optional(),
  SFU_URL: z.url().optional(),
  SFU_PUBLIC_URL: z
    .union([z.url(), z.string().regex(/^\/[\w/-]*$/, 'a URL, or a path on the server’s address')])
    .optional(),
  PIPE_ADDRESS: MediaAddresses.optional(),
  ROOM_TOKEN_SECRET: z.string().min(32, 'at least 32 characters').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

/**
 * The sfu's configuration from the environment; an empty variable counts as unset. MEDIASOUP_WORKER_BIN is left to `findWorkerBin`.
 * @throws Error that lists every fault
 */
export function readSfuConfig(env: NodeJS.ProcessEnv): SfuProcessConfig {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(set);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`the configuration has faults\n  ${faults.join('\n  ')}`);
  }
  const { data } = parsed;
  const node = nodeOf(data);
  return Object.freeze({
    ...(node && { node }),
    host: data.HOST,
    port: data.PORT,
    dataDir: data.DATA_DIR,
    mediaPort: data.MEDIA_PORT,
    mediaAddresses: data.MEDIA_ADDRESS?.length ? data.MEDIA_ADDRESS : localMediaAddresses(),
    graceMs: data.MEDIA_GRACE_S * 1000,
    drainMs: data.MEDIA_DRAIN_S * 1000,
    recordingsFolder: data.RECORDINGS_DIR ?? join(data.DATA_DIR, 'recordings'),
    recordingMinFreeBytes: data.RECORDING_MIN_FREE_MB * 1_000_000,
    workerCount: data.WORKERS ?? availableParallelism(),
    ...(data.ROOM_TOKEN_SECRET === undefined ? {} : { roomTokenSecret: data.ROOM_TOKEN_SECRET }),
    logLevel: data.LOG_LEVEL,
  });
}

/** @throws Error where it cannot be told how others are to reach the node */
function nodeOf({
  REDIS_URL: redisUrl,
  SFU_URL: url,
  SFU_PUBLIC_URL: publicUrl,
  PIPE_ADDRESS,
}: z.infer<typeof Environment>): NodeConfig | undefined {
  if (redisUrl === undefined || url === undefined) return undefined;
  const [pipeAddress, ...more] = PIPE_ADDRESS ?? parseMediaAddresses(addressIn(url));
  if (!pipeAddress || more.length > 0) throw new Error('PIPE_ADDRESS: one address that other nodes reach this one at');
  return { redisUrl, url, pipeAddress, publicUrl: publicUrl ?? url };
}

/** The address that a URL names; media needs a number. */
function addressIn(url: string): string {
  const { hostname } = new URL(url);
  const host = hostname === 'localhost' ? '127.0.0.1' : hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 0)
    throw new Error(`PIPE_ADDRESS: ${host} is no address; say which one other nodes reach this one at`);
  return host;
}
