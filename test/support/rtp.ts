import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { RtpParameters } from '../../sfu/contract/rtp.ts';

const AUDIO_LEVEL = 10;
let nextSsrc = 10_000_000;

/** A voice or a picture as packets that a decoder may begin with at any time. */
export interface RtpTrack {
  kind: 'audio' | 'video';
  ssrc: number;
  parameters: RtpParameters;
}

export function createTrack(kind: 'audio' | 'video'): RtpTrack {
  nextSsrc += 1;
  const ssrc = nextSsrc;
  const encodings = [{ ssrc }];
  if (kind === 'video')
    return {
      kind,
      ssrc,
      parameters: {
        codecs: [
          {
            mimeType: 'video/VP8',
            payloadType: 96,
            clockRate: 90000,
            rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
          },
        ],
        encodings,
      },
    };
  const headerExtensions = [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level' as const, id: AUDIO_LEVEL }];
  const codecs = [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48000, channels: 2 }];
  return { kind, ssrc, parameters: { codecs, headerExtensions, encodings } };
}

export interface Arrivals {
  count: number;
  firstMs: number;
  lastMs: number;
}

/** One socket that sends what a test's people send and receives what comes to them. */
export class RtpLine {
  readonly #socket: Socket;
  /** By the port that it came from, and the SSRC. */
  readonly #arrived = new Map<string, Arrivals>();
  readonly #keyFramesAsked = new Map<number, number>();
  readonly #timers = new Set<NodeJS.Timeout>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (packet, { port }) => {
      const type = packet.readUInt8(1);
      // RTCP shares the port (RFC 5761 section 4).
      if (type >= 192 && type <= 223) {
        // Picture loss indication (RFC 4585 section 6.3.1).
        if (type === 206 && (packet.readUInt8(0) & 0x1f) === 1)
          this.#keyFramesAsked.set(port, this.keyFramesAsked(port) + 1);
        return;
      }
      const key = `${port} ${packet.readUInt32BE(8)}`;
      const atMs = performance.now();
      const { count = 0, firstMs = atMs } = this.#arrived.get(key) ?? {};
      this.#arrived.set(key, { count: count + 1, firstMs, lastMs: atMs });
    });
  }

  static async open(): Promise<RtpLine> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.setRecvBufferSize(4_000_000);
    return new RtpLine(socket);
  }

  /** Packets of one track that came from a transport. */
  arrived(port: number, ssrc: number): Arrivals {
    return this.#arrived.get(`${port} ${ssrc}`) ?? { count: 0, firstMs: Number.NaN, lastMs: Number.NaN };
  }

  /** How often a transport has asked what sends to it for a key frame. */
  keyFramesAsked(port: number): number {
    return this.#keyFramesAsked.get(port) ?? 0;
  }

  /** Says to a transport where to send to. */
  greet(port: number): void {
    this.#socket.send(packetOf({ kind: 'video', ssrc: 1 }, 0), port, '127.0.0.1');
  }

  /** @returns what to call to stop */
  send(track: RtpTrack, port: number, everyMs: number): () => void {
    let sequence = 0;
    const timer = setInterval(() => {
      sequence = (sequence + 1) & 0xffff;
      this.#socket.send(packetOf(track, sequence), port, '127.0.0.1');
    }, everyMs);
    this.#timers.add(timer);
    return () => {
      clearInterval(timer);
      this.#timers.delete(timer);
    };
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#socket.close();
  }
}

/** A loud voice (RFC 6464), or a VP8 key frame in one packet (RFC 7741 section 4). */
function packetOf({ kind, ssrc }: Pick<RtpTrack, 'kind' | 'ssrc'>, sequence: number): Buffer {
  const packet = Buffer.alloc(60);
  const isVoice = kind === 'audio';
  packet[0] = isVoice ? 0x90 : 0x80;
  packet[1] = isVoice ? 111 : 96;
  packet.writeUInt16BE(sequence, 2);
  packet.writeUInt32BE((sequence * (isVoice ? 960 : 9000)) >>> 0, 4);
  packet.writeUInt32BE(ssrc, 8);
  if (!isVoice) packet[12] = 0x10;
  else packet.set([0xbe, 0xde, 0, 1, AUDIO_LEVEL << 4, 0x80 | 10, 0, 0], 12);
  return packet;
}
