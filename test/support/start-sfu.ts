import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../server/runtime/log.ts';
import { createSfu, type Sfu } from '../../sfu/app.ts';
import type { SfuConfig } from '../../sfu/config.ts';
import { createControlListener } from '../../sfu/control-http.ts';
import { findWorkerBin } from '../../sfu/worker/find-worker.ts';

export interface RunningSfu {
  /** Where signalling and private control are reached, e.g. `http://127.0.0.1:41234`. */
  url: string;
  secret: string;
  sfu: Sfu;
  close(): Promise<void>;
}

export interface StartSfuOptions extends Partial<SfuConfig> {
  secret?: string;
  /** 0: any free one. */
  port?: number;
}

/** A real sfu in this process, on loopback, with one media worker on free ports unless told otherwise. */
export async function startSfu(options: StartSfuOptions = {}): Promise<RunningSfu> {
  const { secret = randomBytes(32).toString('base64url'), port = 0, ...config } = options;
  const { TEST_LOG_LEVEL = 'silent' } = process.env;
  const log = createLog(TEST_LOG_LEVEL, 'sfu');
  let sfu: Sfu | undefined;
  const httpServer = createServer(createControlListener({ control: () => sfu, secret, log }));
  const running = await createSfu({
    httpServer,
    secret,
    log,
    config: {
      mediaPort: 0,
      mediaAddresses: [{ ip: '127.0.0.1' }],
      workerCount: 1,
      graceMs: 30_000,
      recordingsFolder: join(tmpdir(), `huizhen-recordings-${process.pid}`),
      recordingMinFreeBytes: 0,
      workerBin: await findWorkerBin(),
      ...config,
    },
  });
  sfu = running;
  httpServer.listen(port, '127.0.0.1');
  await once(httpServer, 'listening');
  const { port: bound } = httpServer.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    secret,
    sfu: running,
    async close() {
      await running.close();
      httpServer.close();
      httpServer.closeAllConnections();
    },
  };
}
