import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createSfu, type Sfu } from '../sfu/app.ts';
import { readSfuConfig } from '../sfu/config.ts';
import { createSfuControl, type SfuControl } from '../sfu/control.ts';
import { readSharedSecret } from '../sfu/secret.ts';
import { findReadyWorker, findWorkerBin } from '../sfu/worker/find-worker.ts';
import { tellFirstAddress } from './accounts/first-address.ts';
import { createApp } from './app.ts';
import { type Config, loadConfig } from './config.ts';
import { openDatabase } from './database/database.ts';
import { seedDemoWithCases } from './demo/cases.ts';
import { DEMO_PASSWORD } from './demo/network.ts';
import { startRecordedDemonstration } from './demo/recorded-demonstration.ts';
import { findDemoAccounts } from './demo/seed.ts';
import { createHttpServer } from './http/request-progress.ts';
import { type MediaNodes, openMediaNodes } from './media-nodes/open.ts';
import { createFieldSeal, loadFieldSecret } from './patients/seal.ts';
import { createLog, type Logger } from './runtime/log.ts';
import { securePrivateFolder } from './runtime/private-folder.ts';
import { closeInOrder, closeOnSignals } from './runtime/shutdown.ts';

/** Where a server without an sfu of its own finds one, unless SFU_URL says otherwise. */
const DEFAULT_SFU_URL = 'http://localhost:3001';
const CLIENT_FOLDER = fileURLToPath(new URL('../.build/client', import.meta.url));

try {
  const isSfuApart = process.argv.includes('--without-sfu') || (process.env['SFU_URL'] ?? '') !== '';
  const config = loadConfig(
    isSfuApart ? { ...process.env, SFU_URL: process.env['SFU_URL'] || DEFAULT_SFU_URL } : process.env,
  );
  const log = createLog(config.logLevel, 'server');
  // What this process writes is nobody else's to read, whatever the shell that started it allows.
  process.umask(0o077);
  await securePrivateFolder(config.dataDir);
  const seal = createFieldSeal(await loadFieldSecret(config.dataDir, config.fieldSecret));
  const database = await openDatabase(config.databaseUrl, seal, (migrations) =>
    log.info({ migrations }, 'bringing the database up to date; a large one takes a minute or two'),
  );
  const isNewDemo = config.isDemo && (await seedDemoWithCases({ work: database, config, log }, new Date()));
  if (isNewDemo) {
    const accounts = await findDemoAccounts(database.read);
    const mainAccounts = accounts.filter(({ isMain }) => isMain).map(({ account }) => account);
    process.stdout.write(`demo network: sign in as ${mainAccounts.join(', ')}; password ${DEMO_PASSWORD}\n`);
  }

  if (!config.isDemo && (await findDemoAccounts(database.read)).length > 0)
    log.warn('the database holds the demo network: its accounts are refused while DEMO is 0');

  const secret = config.roomTokenSecret ?? (await readSharedSecret(config.dataDir));
  const httpServer = createHttpServer({ stallMs: config.requestStallMs });
  const media = await openMedia(config, httpServer, secret, log);
  const { sfu } = media;
  const app = await createApp({
    config,
    database,
    ...media,
    roomTokenSecret: secret,
    httpServer,
    clientFolder: CLIENT_FOLDER,
    clock: () => new Date(),
    log,
  });

  let replay: { close(): Promise<void> } | undefined;
  closeOnSignals(log, async () => {
    // New connections first, then what is open, then what it stands on.
    httpServer.close();
    await closeInOrder(log, [
      ['replay', async () => replay?.close()],
      ['application', () => app.close()],
      ['sfu', () => sfu.close()],
      ['connections', async () => httpServer.closeAllConnections()],
      ['database', () => database.close()],
    ]);
  });

  httpServer.listen(config.port, config.host);
  await once(httpServer, 'listening');
  const { port } = httpServer.address() as AddressInfo;
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  const url = `http://${host}:${port}`;
  const clock = () => new Date();
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  if (!config.isDemo) await tellFirstAddress({ work: database, dataDir: config.dataDir, clock, url, print });
  print(`ready ${url}`);
  if (config.isDemo) replay = startRecordedDemonstration({ work: database, config, clock, log });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

/** The sfu inside this process, one in a process of its own, or all that register in Redis. */
async function openMedia(
  { sfuUrl, sfuPublicUrl, redisUrl }: Config,
  httpServer: HttpServer,
  secret: string,
  log: Logger,
): Promise<{ sfu: SfuControl & { close(): Promise<void> }; placeIn?: MediaNodes['placeIn'] }> {
  if (sfuUrl === undefined) return { sfu: await openSfuInside(httpServer, secret, log.child({ name: 'sfu' })) };
  if (redisUrl !== undefined) return await openMediaNodes({ redisUrl, sfuUrl, sfuPublicUrl, secret, log });
  return { sfu: { ...createSfuControl({ url: sfuUrl, secret }), close: async () => undefined } };
}

/** Where the media worker is not there yet it is made meanwhile: on a fresh machine people sign in minutes before they can call. */
async function openSfuInside(httpServer: HttpServer, secret: string, log: Logger): Promise<Sfu> {
  const workerBin = await findReadyWorker();
  const config = { ...readSfuConfig(process.env), ...(workerBin === undefined ? {} : { workerBin }) };
  return await createSfu({
    httpServer,
    config,
    secret,
    log,
    makeWorkerBin: (onLeft) =>
      findWorkerBin({
        say(line, leftS) {
          log.info({ leftS: leftS === undefined ? undefined : Math.ceil(leftS) }, `mediasoup-worker: ${line}`);
          if (leftS !== undefined) onLeft(leftS);
        },
      }),
  });
}
