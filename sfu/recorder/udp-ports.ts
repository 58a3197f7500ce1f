import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const LOOPBACK = '127.0.0.1';
const ATTEMPTS = 50;
const LOOK_EVERY_MS = 20;

/** An even UDP port of loopback that is free, as is the next one: RTP and its reports (RFC 3550 section 11). */
export async function findPortPair(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const first = await bind(0);
    const { port } = first?.address() ?? {};
    const second = port !== undefined && port % 2 === 0 ? await bind(port + 1) : undefined;
    first?.close();
    second?.close();
    if (port !== undefined && second) return port;
  }
  throw new Error('no free pair of UDP ports');
}

async function bind(port: number): Promise<Socket | undefined> {
  const socket = createSocket('udp4');
  try {
    socket.bind(port, LOOPBACK);
    await once(socket, 'listening');
    return socket;
  } catch {
    socket.close();
    return undefined;
  }
}

/** Resolves once somebody listens on the port: what is sent before is lost, and with it the beginning. @throws AbortError */
export async function listensOn(port: number, signal: AbortSignal): Promise<void> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  for (;;) {
    const tables = await Promise.all(['/proc/net/udp', '/proc/net/udp6'].map((path) => readFile(path, 'utf8')));
    if (tables.some((table) => new RegExp(`^\\s*\\d+: [0-9A-F]+:${hex} `, 'm').test(table))) return;
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
}

/**
 * Ends what listens for RTP, after all that was sent before: a goodbye (RFC 3550 section 6.6). ffmpeg hears a signal only with the next packet,
 * and a second one makes it give up what it was writing.
 */
export async function sayGoodbye(port: number): Promise<void> {
  // With a reason, since ffmpeg (5.1) passes over whatever is shorter than a packet of media.
  const packet = Buffer.concat([Buffer.from([0x81, 203, 0, 3, 0, 0, 0, 0, 5]), Buffer.from('ended'), Buffer.alloc(2)]);
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.send(packet, port, LOOPBACK, () => resolve()));
  socket.close();
}
