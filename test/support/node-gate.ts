import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { LINK_PATH } from '../../sfu/hall/link/messages.ts';

/** What goes to an sfu node's private address: servers' orders, and other nodes' links. `answers`: what comes back to the servers. */
export type GateWay = 'control' | 'link' | 'answers';

/** Stands before a node's private address; each way to it can be broken by itself, as a network between machines breaks. */
export interface NodeGate {
  url: string;
  shut(way: GateWay): void;
  open(): void;
  close(): void;
}

/** @param port where the node listens, or will */
export async function openNodeGate(port: number): Promise<NodeGate> {
  const shut = new Set<GateWay>();
  const sockets = new Map<Socket, GateWay>();
  const server = createServer((near) => {
    near.on('error', () => near.destroy());
    near.once('data', (first) => {
      const way = first.toString('latin1').startsWith(`GET ${LINK_PATH}`) ? 'link' : 'control';
      if (shut.has(way)) {
        near.destroy();
        return;
      }
      const far = connect(port, '127.0.0.1');
      sockets.set(near, way);
      far.on('error', () => near.destroy());
      far.on('close', () => near.end());
      near.on('close', () => {
        sockets.delete(near);
        far.destroy();
      });
      far.write(first);
      near.pipe(far);
      far.on('data', (answer) => {
        if (way === 'control' && shut.has('answers')) near.destroy();
        else near.write(answer);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    shut(way) {
      shut.add(way);
      for (const [socket, its] of sockets) if (its === way) socket.destroy();
    },
    open: () => shut.clear(),
    close() {
      server.close();
      for (const socket of sockets.keys()) socket.destroy();
    },
  };
}
