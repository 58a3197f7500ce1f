import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { RtpParameters } from '../../sfu/contract/rtp.ts';

const AUDIO_LEVEL = 10;
const PACKET_BYTES = 60;
const REPORT_EVERY_MS = 500;
let nextSsrc = 10_000_000;

/** A voice or a picture as packets that a decoder may begin with at any time. */
export interface RtpTrack {
  kind: 'audio' | 'video';
  /** One for each simulcast layer. */
  ssrcs: number[];
  parameters: RtpParameters;
}

const VIDEO_CODECS = {
  vp8: { mimeType: 'video/VP8', payloadType: 96, clockRate: 90000, parameters: {} },
  h264: {
    mimeType: 'video/H264',
    payloadType: 102,
    clockRate: 90000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
};
export type VideoCodec = keyof typeof VIDEO_CODECS;

export function createTrack(kind: 'audio' | 'video', layers = 1, codec: VideoCodec = 'vp8'): RtpTrack {
  const ssrcs = Array.from({ length: layers }, () => {
    nextSsrc += 1;
    return nextSsrc;
  });
  const encodings = ssrcs.map((ssrc) => ({ ssrc }));
  if (kind === 'video')
    return {
      kind,
      ssrcs,
      parameters: {
        codecs: [{ ...VIDEO_CODECS[codec], rtcpFeedback: [{ type: 'nack', parameter: 'pli' }] }],
        encodings,
      },
    };
  const headerExtensions = [{ uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level' as const, id: AUDIO_LEVEL }];
  const codecs = [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48000, channels: 2 }];
  return { kind, ssrcs, parameters: { codecs, headerExtensions, encodings } };
}

export interface Arrivals {
  count: number;
  firstMs: number;
  lastMs: number;
  /** The simulcast layer of the last one. */
  layer: number;
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
      const layer = packet.at(-1) ?? -1;
      this.#arrived.set(key, { count: count + 1, firstMs, lastMs: atMs, layer });
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
    return this.#arrived.get(`${port} ${ssrc}`) ?? { count: 0, firstMs: Number.NaN, lastMs: Number.NaN, layer: -1 };
  }

  /** How often a transport has asked what sends to it for a key frame. */
  keyFramesAsked(port: number): number {
    return this.#keyFramesAsked.get(port) ?? 0;
  }

  /** Says to a transport where to send to. */
  greet(port: number): void {
    this.#socket.send(packetOf('video', { ssrc: 1, layer: 0, sequence: 0, clock: 0 }), port, '127.0.0.1');
  }

  /** @returns what to call to stop */
  send({ kind, ssrcs }: RtpTrack, port: number, everyMs: number): () => void {
    const startMs = performance.now();
    const rate = kind === 'audio' ? 48 : 90;
    const clock = () => Math.round((performance.now() - startMs) * rate) >>> 0;
    const toAll = (make: (ssrc: number, layer: number) => Buffer) => {
      for (const [layer, ssrc] of ssrcs.entries()) this.#socket.send(make(ssrc, layer), port, '127.0.0.1');
    };
    let sequence = 0;
    const timers = [
      setInterval(() => {
        sequence = (sequence + 1) & 0xffff;
        toAll((ssrc, layer) => packetOf(kind, { ssrc, layer, sequence, clock: clock() }));
      }, everyMs),
      setInterval(() => toAll((ssrc) => reportOf(ssrc, clock())), REPORT_EVERY_MS),
    ];
    for (const timer of timers) this.#timers.add(timer);
    return () => {
      for (const timer of timers) {
        clearInterval(timer);
        this.#timers.delete(timer);
      }
    };
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#socket.close();
  }
}

interface PacketParts {
  ssrc: number;
  layer: number;
  sequence: number;
  clock: number;
}

/** A loud voice (RFC 6464), or a VP8 key frame in one packet (RFC 7741 section 4). */
function packetOf(kind: 'audio' | 'video', { ssrc, layer, sequence, clock }: PacketParts): Buffer {
  const packet = Buffer.alloc(PACKET_BYTES);
  const isVoice = kind === 'audio';
  packet[0] = isVoice ? 0x90 : 0x80;
  packet[1] = isVoice ? 111 : 96;
  packet.writeUInt16BE(sequence, 2);
  packet.writeUInt32BE(clock, 4);
  packet.writeUInt32BE(ssrc, 8);
  // The last byte is nobody's but ours.
  packet[PACKET_BYTES - 1] = layer;
  if (!isVoice) packet[12] = 0x10;
  else packet.set([0xbe, 0xde, 0, 1, AUDIO_LEVEL << 4, 0x80 | 10, 0, 0], 12);
  return packet;
}

/** A sender report (RFC 3550 section 6.4.1): how the layers of a picture lie in time. */
function reportOf(ssrc: number, clock: number): Buffer {
  const report = Buffer.alloc(28);
  report.set([0x80, 200, 0, 6], 0);
  report.writeUInt32BE(ssrc, 4);
  const nowS = Date.now() / 1000;
  // Seconds between 1900 and 1970, as NTP counts.
  report.writeUInt32BE((Math.floor(nowS) + 2_208_988_800) >>> 0, 8);
  report.writeUInt32BE(Math.floor((nowS % 1) * 2 ** 32) >>> 0, 12);
  report.writeUInt32BE(clock, 16);
  return report;
}
