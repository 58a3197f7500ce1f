import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog, type Logger } from '../server/runtime/log.ts';
import { closeOnSignals } from '../server/runtime/shutdown.ts';
import { createSfu, type Sfu } from './app.ts';
import { type NodeConfig, readSfuConfig } from './config.ts';
import { createControlListener } from './control-http.ts';
import { JoinedNodes } from './nodes/joined-nodes.ts';
import { openNodeRegistry } from './nodes/registry.ts';
import { readSharedSecret } from './secret.ts';

try {
  const config = readSfuConfig(process.env);
  const log = createLog(config.logLevel, 'sfu');
  const secret = config.roomTokenSecret ?? (await readSharedSecret(config.dataDir));
  let sfu: Sfu | undefined;
  const httpServer = createServer(createControlListener({ control: () => sfu, secret, log }));
  const node = config.node && joinNodes(config.node, log);
  sfu = await createSfu({ httpServer, config, secret, log, ...(node && { node }) });
  const running = sfu;
  const close = async () => {
    await running.close();
    httpServer.close();
    httpServer.closeAllConnections();
  };
  closeOnSignals(log, close, { drain: () => running.drain(), limitMs: config.drainMs });
  httpServer.listen(config.port, config.host);
  await once(httpServer, 'listening');
  const { port } = httpServer.address() as AddressInfo;
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  process.stdout.write(`ready http://${host}:${port}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

function joinNodes({ redisUrl, url, publicUrl, pipeAddress }: NodeConfig, log: Logger): JoinedNodes {
  const registry = openNodeRegistry(redisUrl, log);
  return new JoinedNodes({ registry, url, publicUrl, listenInfo: { protocol: 'udp', ...pipeAddress }, log });
}
