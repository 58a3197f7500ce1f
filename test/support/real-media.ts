import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createTrack, type RtpTrack, type VideoCodec } from './rtp.ts';

/** A computed picture that shows the second it was made in, with a key frame each second; a tone that beeps. */
const INPUT = {
  video: ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=15'],
  audio: ['-f', 'lavfi', '-i', 'sine=frequency=440:beep_factor=4'],
};
const CODEC = {
  vp8: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '300k', '-g', '15', '-threads', '1'],
  h264: ['-c:v', 'copy'],
  opus: ['-c:a', 'libopus', '-ac', '2', '-b:a', '32k'],
};

/** As an encoder in hardware sends it, which changes the size with the line: two seconds small, two seconds large, and again. */
export const H264_SIZES = ['320x180', '640x360'];
const H264_ROUNDS = 30;

function encodeSizes(): Buffer {
  const how = '-c:v libx264 -profile:v baseline -pix_fmt yuv420p -preset ultrafast -tune zerolatency -g 15 -threads 1';
  const sizes = H264_SIZES.map((size) => {
    const input = ['-loglevel', 'error', '-f', 'lavfi', '-i', `testsrc=size=${size}:rate=15`, '-t', '2'];
    return execFileSync('ffmpeg', [...input, ...how.split(' '), '-b:v', '300k', '-f', 'h264', 'pipe:1']);
  });
  return Buffer.concat(Array.from({ length: H264_ROUNDS }, () => sizes).flat());
}

/**
 * Sends what a decoder can show, in place of packets that only look like it. All of one person passes through one socket, as a transport
 * takes packets and reports from one address alone.
 */
export class RealMedia {
  readonly #socket: Socket;
  readonly #encoders: ChildProcess[] = [];
  #to: number | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (packet, { port }) => {
      // What the sfu answers comes here as well, and must not go back to it.
      if (this.#to !== undefined && port !== this.#to) socket.send(packet, this.#to, '127.0.0.1');
    });
  }

  static async open(): Promise<RealMedia> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.setRecvBufferSize(4_000_000);
    return new RealMedia(socket);
  }

  /** Begins to make a track. */
  add(kind: 'audio' | 'video', codec: VideoCodec = 'vp8'): RtpTrack {
    const track = createTrack(kind, 1, codec);
    this.#encoders.push(encode(track, kind === 'audio' ? 'opus' : codec, this.#socket));
    return track;
  }

  /** From now on all goes to this port of an sfu. */
  sendTo(port: number): void {
    this.#to = port;
  }

  close(): void {
    for (const encoder of this.#encoders) encoder.kill('SIGKILL');
    this.#socket.close();
  }
}

function encode({ kind, ssrcs, parameters }: RtpTrack, codec: keyof typeof CODEC, socket: Socket): ChildProcess {
  const { port } = socket.address();
  const to = `rtp://127.0.0.1:${port}?rtcpport=${port}&pkt_size=1200`;
  const rtp = ['-f', 'rtp', '-ssrc', `${ssrcs[0]}`, '-payload_type', `${parameters.codecs[0]?.payloadType}`, to];
  const input = codec === 'h264' ? ['-framerate', '15', '-f', 'h264', '-i', 'pipe:0'] : INPUT[kind];
  const args = ['-loglevel', 'error', '-re', ...input, ...CODEC[codec], ...rtp];
  const encoder = spawn('ffmpeg', args, { stdio: ['pipe', 'ignore', 'inherit'] });
  // It is killed before it has read all.
  encoder.stdin.on('error', () => undefined);
  encoder.stdin.end(codec === 'h264' ? encodeSizes() : undefined);
  return encoder;
}
