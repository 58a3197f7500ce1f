import { createSocket } from 'node:dgram';
import type { types } from 'mediasoup';
import { nowUs32 } from './rtp-sink.ts';

export interface SourceTrack {
  payloadType: number;
  ssrc: number;
  everyMs: number;
  sizeBytes: number;
}

/** One voice and one picture as a consultation sends them at its thinnest: 50 packets of 80 bytes and 60 of 1,000 bytes a second. */
export const VOICE: SourceTrack = { payloadType: 111, ssrc: 11111111, everyMs: 20, sizeBytes: 80 };
export const PICTURE: SourceTrack = { payloadType: 96, ssrc: 22222222, everyMs: 1000 / 60, sizeBytes: 1000 };

export function packetsPerS(tracks: readonly SourceTrack[]): number {
  return tracks.reduce((sum, { everyMs }) => sum + 1000 / everyMs, 0);
}

export const VOICE_PARAMETERS: types.RtpParameters = {
  codecs: [{ mimeType: 'audio/opus', payloadType: VOICE.payloadType, clockRate: 48000, channels: 2 }],
  encodings: [{ ssrc: VOICE.ssrc }],
};
export const PICTURE_PARAMETERS: types.RtpParameters = {
  codecs: [{ mimeType: 'video/VP8', payloadType: PICTURE.payloadType, clockRate: 90000 }],
  encodings: [{ ssrc: PICTURE.ssrc }],
};

/** Sends tracks to a UDP port, until it is closed. */
export function startSource(port: number, tracks: readonly SourceTrack[]): { close(): void } {
  const socket = createSocket('udp4');
  const timers = tracks.map((track) => {
    let sequence = 0;
    let dueMs = performance.now();
    // A timer that comes late sends all that was due: the rate is what counts.
    return setInterval(() => {
      for (; dueMs <= performance.now(); dueMs += track.everyMs) {
        socket.send(packetOf(track, sequence), port, '127.0.0.1');
        sequence = (sequence + 1) & 0xffff;
      }
    }, track.everyMs / 2);
  });
  return {
    close() {
      for (const timer of timers) clearInterval(timer);
      socket.close();
    },
  };
}

function packetOf({ payloadType, ssrc, sizeBytes }: SourceTrack, sequence: number): Buffer {
  const packet = Buffer.alloc(12 + sizeBytes);
  packet[0] = 0x80;
  packet[1] = payloadType;
  packet.writeUInt16BE(sequence, 2);
  packet.writeUInt32BE(nowUs32(), 4);
  packet.writeUInt32BE(ssrc, 8);
  // VP8 (RFC 7741): a partition begins, and it is a key frame, so that a receiver may begin with any packet.
  packet[12] = 0x10;
  return packet;
}
