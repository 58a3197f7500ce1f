import { join } from 'node:path';
import { z } from 'zod';
import type { TurnConfig } from './call/turn.ts';

const flag = z.enum(['0', '1']).transform((value) => value === '1');

const Network = z.union(
  [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
  'an address or a network, as 10.0.0.2 or 10.0.0.0/24',
);
/** A count would believe whoever reaches the port: only where the connection comes from tells a proxy. */
const proxies = z
  .string()
  .transform((list) =>
    list === '0' ? [] : list === '1' ? ['127.0.0.0/8', '::1'] : list.split(',').map((one) => one.trim()),
  )
  .pipe(z.array(Network));

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  DATA_DIR: z.string().min(1).default('./data'),
  /** Where the sfu writes what it records, and this server reads it. */
  RECORDINGS_DIR: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:|mysql:\/\/|mariadb:\/\/)/)
    .optional(),
  REDIS_URL: z.url().optional(),
  /** Where this server, and browsers too unless told otherwise, reach the sfu when it runs as its own process. */
  SFU_URL: z.url().optional(),
  /** Where browsers reach it, if not there: `/` where a proxy serves it on the server's own address. */
  SFU_PUBLIC_URL: z.union([z.literal('/'), z.url()]).optional(),
  /** With several sfu nodes: the other addresses that browsers reach them at, as `https://*.media.example.org`. */
  SFU_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((one) => one.trim()))
    .pipe(z.array(z.string().regex(/^https?:\/\/[\w.*-]+(:\d+)?$/, 'https://host, https://*.domain')))
    .default([]),
  /** Relays for networks that let no media out, separated by commas, and the secret shared with them (coturn's `static-auth-secret`). */
  TURN_URLS: z
    .string()
    .transform((text) => text.split(',').map((url) => url.trim()))
    .pipe(
      z.array(
        z.string().regex(/^turns?:[^:/?@\s]+(:\d+)?(\?transport=(udp|tcp))?$/, 'turn:host:port?transport=udp|tcp'),
      ),
    )
    .optional(),
  TURN_SECRET: z.string().min(16).optional(),
  ROOM_TOKEN_SECRET: z.string().min(32).optional(),
  /** Seals direct identifiers in the database; servers that share one share this. */
  FIELD_SECRET: z.string().min(32).optional(),
  /** The one that takes its place: `npm run admin -- reseal` alone reads it. */
  NEXT_FIELD_SECRET: z.string().min(32).optional(),
  /** Signs the heads of the audit trail. Keep it away from whoever manages the database. */
  AUDIT_SECRET: z.string().min(32).optional(),
  AUDIT_ANCHOR_MINUTES: z.coerce
    .number()
    .positive()
    .max(24 * 60)
    .default(5),
  DEMO: flag.default(true),
  /** Marks cookies Secure; on when people come over TLS (behind nginx). */
  SECURE_COOKIES: flag.default(false),
  /** Addresses or networks of the proxies in front: X-Forwarded-For is believed from them alone. 1: one on this machine. */
  TRUSTED_PROXIES: proxies.default([]),
  /** A request's body that stops arriving for so long is cut. */
  REQUEST_STALL_SECONDS: z.coerce.number().positive().default(60),
  SESSION_IDLE_MINUTES: z.coerce.number().positive().default(30),
  SESSION_HOURS: z.coerce.number().positive().default(10),
  /** How long those who took part see a case after it is closed. */
  CASE_ACCESS_DAYS: z.coerce.number().positive().default(30),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  recordingsDir: string;
  /** `sqlite:<file>` or `mysql://user:password@host/database` (`?socketPath=` for a local socket). */
  databaseUrl: string;
  redisUrl: string | undefined;
  sfuUrl: string | undefined;
  /** What browsers are told; empty: where they are. */
  sfuPublicUrl: string;
  /** Beside it, for several sfu nodes. */
  sfuOrigins: string[];
  turn: TurnConfig | undefined;
  roomTokenSecret: string | undefined;
  fieldSecret: string | undefined;
  nextFieldSecret: string | undefined;
  auditSecret: string | undefined;
  auditAnchorMs: number;
  isDemo: boolean;
  secureCookies: boolean;
  trustedProxies: string[];
  requestStallMs: number;
  sessionIdleMs: number;
  sessionMs: number;
  caseAccessMs: number;
  logLevel: z.infer<typeof Environment>['LOG_LEVEL'];
}

/** Reads the environment once. @throws Error that names every variable at fault, never its value. */
export function loadConfig(environment: Record<string, string | undefined>): Readonly<Config> {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(set);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`environment: ${faults.join('; ')}`);
  }
  const env = parsed.data;
  if ((env.TURN_URLS === undefined) !== (env.TURN_SECRET === undefined))
    throw new Error('environment: TURN_URLS and TURN_SECRET belong together');
  return Object.freeze({
    port: env.PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    recordingsDir: env.RECORDINGS_DIR ?? join(env.DATA_DIR, 'recordings'),
    databaseUrl: env.DATABASE_URL ?? `sqlite:${env.DATA_DIR}/huizhen.sqlite`,
    redisUrl: env.REDIS_URL,
    sfuUrl: env.SFU_URL,
    sfuPublicUrl: env.SFU_PUBLIC_URL === '/' ? '' : (env.SFU_PUBLIC_URL ?? env.SFU_URL ?? ''),
    sfuOrigins: env.SFU_ORIGINS,
    turn: env.TURN_URLS && env.TURN_SECRET ? { urls: env.TURN_URLS, secret: env.TURN_SECRET } : undefined,
    roomTokenSecret: env.ROOM_TOKEN_SECRET,
    fieldSecret: env.FIELD_SECRET,
    nextFieldSecret: env.NEXT_FIELD_SECRET,
    auditSecret: env.AUDIT_SECRET,
    auditAnchorMs: env.AUDIT_ANCHOR_MINUTES * 60_000,
    isDemo: env.DEMO,
    secureCookies: env.SECURE_COOKIES,
    trustedProxies: env.TRUSTED_PROXIES,
    requestStallMs: env.REQUEST_STALL_SECONDS * 1000,
    sessionIdleMs: env.SESSION_IDLE_MINUTES * 60_000,
    sessionMs: env.SESSION_HOURS * 3_600_000,
    caseAccessMs: env.CASE_ACCESS_DAYS * 86_400_000,
    logLevel: env.LOG_LEVEL,
  });
}
