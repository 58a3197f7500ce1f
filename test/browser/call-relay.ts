import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';

/** What a line holds back at most; what comes beyond it is lost, as at a full router. */
const QUEUE_MS = 400;

/** One direction of a line: so many bits a second, in order. */
class Pipe {
  /** Infinite: as it comes; 0: nothing at all. */
  rateBps = Number.POSITIVE_INFINITY;
  #freeAtMs = 0;

  carry(packet: Buffer, send: () => void): void {
    if (this.rateBps === 0) return;
    if (this.rateBps === Number.POSITIVE_INFINITY) {
      send();
      return;
    }
    const nowMs = performance.now();
    const startMs = Math.max(nowMs, this.#freeAtMs);
    if (startMs - nowMs > QUEUE_MS) return;
    this.#freeAtMs = startMs + (packet.length * 8 * 1000) / this.rateBps;
    setTimeout(send, this.#freeAtMs - nowMs);
  }
}

/** A thin line between one page and the sfu: every media packet of the page goes through here, by UDP. */
export interface Relay {
  /** From the page to the sfu. */
  up: Pipe;
  down: Pipe;
  /** Call before the page is opened. */
  lead(page: Page): Promise<void>;
  /** From now on everything comes to the sfu from another address, as from another network; what the old one still carries is lost. */
  roam(): void;
  close(): void;
}

export async function openRelay(): Promise<Relay> {
  const [up, down] = [new Pipe(), new Pipe()];
  const front = createSocket('udp4');
  const backs = new Map<string, Socket>();
  let target = 0;
  let closed = false;
  const send = (through: Socket, packet: Buffer, port: number, address: string) => () => {
    if (closed) return;
    try {
      through.send(packet, port, address, () => {});
    } catch {
      // Held back in a queue that is gone since.
    }
  };
  front.on('message', (packet, { address, port }) => {
    const from = `${address}:${port}`;
    let back = backs.get(from);
    if (!back) {
      back = createSocket('udp4');
      back.on('message', (answer) => down.carry(answer, send(front, answer, port, address)));
      backs.set(from, back);
    }
    up.carry(packet, send(back, packet, target, '127.0.0.1'));
  });
  front.bind(0, '127.0.0.1');
  await once(front, 'listening');
  const { port: relayPort } = front.address() as AddressInfo;

  return {
    up,
    down,
    async lead(page) {
      await page.exposeFunction('tellMediaPort', (port: number) => {
        target = port;
      });
      await page.addInitScript(leadThroughRelay, relayPort);
    },
    roam() {
      for (const back of backs.values()) back.close();
      backs.clear();
    },
    close() {
      closed = true;
      front.close();
      for (const back of backs.values()) back.close();
    },
  };
}

/** Runs in the page: whatever address the sfu gives for its media, the page goes to the relay. */
function leadThroughRelay(relayPort: number): void {
  const original = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = async function (description) {
    const sdp = description?.sdp ?? '';
    const port = /^a=candidate:\S+ \d+ udp \d+ \S+ (\d+)/m.exec(sdp)?.[1];
    if (port) await (window as unknown as { tellMediaPort(port: number): Promise<void> }).tellMediaPort(Number(port));
    const led = sdp
      .replace(/^a=candidate:\S+ \d+ tcp .*\r\n/gm, '')
      .replace(/^(a=candidate:\S+ \d+ udp \d+ \S+ )\d+/gm, `$1${relayPort}`);
    await Reflect.apply(original, this, [{ type: description?.type ?? 'offer', sdp: led }]);
  };
}
