import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from '../../server/app.ts';
import { type Config, loadConfig } from '../../server/config.ts';
import { type Database, openDatabase } from '../../server/database/database.ts';
import { sqliteFileOf } from '../../server/database/source.ts';
import { DEMO_PASSWORD } from '../../server/demo/network.ts';
import { seedDemo } from '../../server/demo/seed.ts';
import { createHttpServer } from '../../server/http/request-progress.ts';
import { type MediaNodes, openMediaNodes } from '../../server/media-nodes/open.ts';
import { createFieldSeal, loadFieldSecret } from '../../server/patients/seal.ts';
import { createLog, type Logger } from '../../server/runtime/log.ts';
import { createSfu } from '../../sfu/app.ts';
import { createSfuControl } from '../../sfu/control.ts';
import type { MakeWorkerBin } from '../../sfu/prepare-workers.ts';
import { findWorkerBin } from '../../sfu/worker/find-worker.ts';
import { type Client, signIn } from './client.ts';
import { isAsMade, placeDemoFile } from './demo-network.ts';

export interface RunningServer {
  url: string;
  dataDir: string;
  database: Database;
  roomTokenSecret: string;
  /** Signs a demo person in. */
  signIn(account: string): Promise<Client>;
  close(): Promise<void>;
}

export interface StartServerOptions {
  /** DATABASE_URL; without it a SQLite file of its own. */
  databaseUrl?: string;
  environment?: Record<string, string>;
  clock?: () => Date;
  /** The built client; without it the one that `npm run build` makes. */
  clientFolder?: string;
  /** An sfu that runs on its own; without it the server has one inside. */
  sfuApart?: { url: string; secret: string };
  /** Gives the sfu inside its worker later, as on a fresh machine. */
  makeWorkerBin?: MakeWorkerBin;
  /** Demonstrations can begin, as they will once there is a hall for them. */
  isHallReady?: () => boolean;
}

/** As `npm run server` finds it: with a Redis all that have registered there. */
async function findSfu(
  { redisUrl, sfuPublicUrl }: Config,
  { url, secret }: { url: string; secret: string },
  log: Logger,
): Promise<Pick<MediaNodes, 'sfu'> & Partial<MediaNodes>> {
  if (redisUrl !== undefined) return await openMediaNodes({ redisUrl, sfuUrl: url, sfuPublicUrl, secret, log });
  return { sfu: { ...createSfuControl({ url, secret }), close: async () => undefined } };
}

const CLIENT_FOLDER = fileURLToPath(new URL('../../.build/client', import.meta.url));

/** The real application with its sfu, in this process, on a free port of loopback, with the demo network in an empty database. */
export async function startServer(options: StartServerOptions = {}): Promise<RunningServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'huizhen-server-'));
  const clock = options.clock ?? (() => new Date());
  const config = loadConfig({
    DATA_DIR: dataDir,
    ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    ...(options.sfuApart === undefined ? {} : { SFU_URL: options.sfuApart.url }),
    ...options.environment,
  });
  const log = createLog(config.logLevel, 'test');
  const file = sqliteFileOf(config.databaseUrl);
  if (config.isDemo && file !== undefined && !existsSync(file) && isAsMade(clock())) await placeDemoFile(file);
  const seal = createFieldSeal(await loadFieldSecret(dataDir, config.fieldSecret));
  const database = await openDatabase(config.databaseUrl, seal);
  if (config.isDemo) await seedDemo(database, clock());
  const roomTokenSecret = options.sfuApart?.secret ?? randomBytes(32).toString('base64url');
  const httpServer = createHttpServer({ stallMs: config.requestStallMs });
  const media = options.sfuApart
    ? await findSfu(config, options.sfuApart, log)
    : {
        sfu: await createSfu({
          httpServer,
          secret: roomTokenSecret,
          log,
          config: {
            mediaPort: 0,
            mediaAddresses: [{ ip: '127.0.0.1' }],
            workerCount: 1,
            graceMs: 30_000,
            recordingsFolder: join(dataDir, 'recordings'),
            recordingMinFreeBytes: 0,
            ...(options.makeWorkerBin ? {} : { workerBin: await findWorkerBin() }),
          },
          ...(options.makeWorkerBin ? { makeWorkerBin: options.makeWorkerBin } : {}),
        }),
      };
  const { sfu } = media;
  const app = await createApp({
    config,
    database,
    ...media,
    roomTokenSecret,
    httpServer,
    clientFolder: options.clientFolder ?? CLIENT_FOLDER,
    clock,
    log,
    ...(options.isHallReady ? { isHallReady: options.isHallReady } : {}),
  });
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
  return {
    url,
    dataDir,
    database,
    roomTokenSecret,
    signIn: (account) => signIn(url, account, DEMO_PASSWORD),
    async close() {
      httpServer.close();
      await app.close();
      await sfu.close();
      httpServer.closeAllConnections();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
