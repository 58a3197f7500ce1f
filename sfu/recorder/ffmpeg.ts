import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { types } from 'mediasoup';
import { containerOf, SEGMENTS_FILE } from './files.ts';

/** A segment ends with the first key frame after so long; of a voice any packet is one. */
const SEGMENT_S = { audio: 2, video: 1 };
/** Of what it reads first it finds out size and rate; nothing is on the disk before. */
const PROBE_US = 500_000;
/** A key frame of 1080p comes as hundreds of packets at once. */
const RECEIVE_BUFFER_BYTES = 4_000_000;
const KEPT_CHARACTERS = 2_000;

export const NO_SPACE = 'No space left on device';

/** Whether there is an ffmpeg that starts. */
export async function hasFfmpeg(): Promise<boolean> {
  return await promisify(execFile)('ffmpeg', ['-version']).then(
    () => true,
    () => false,
  );
}

export interface Ffmpeg {
  process: ChildProcess;
  /** Its last words. */
  said(): string;
}

/** Writes one track as segments into a folder, as it comes, without decoding it. */
export function startFfmpeg(consumer: types.Consumer, port: number, folder: string): Ffmpeg {
  const { kind, rtpParameters } = consumer;
  const container = containerOf(rtpParameters.codecs[0]?.mimeType ?? '');
  // Into the file at once: what dies with the process is the segment's last moments.
  const options =
    container === 'webm'
      ? 'flush_packets=1:cluster_time_limit=500'
      : 'movflags=+frag_keyframe+empty_moov+default_base_moof:flush_packets=1';
  const args = [
    ['-hide_banner', '-nostats', '-loglevel', 'warning'],
    // Of this machine alone: whoever else reached the port could write into the recording.
    ['-localaddr', '127.0.0.1', '-protocol_whitelist', 'pipe,udp,rtp'],
    ['-analyzeduration', `${PROBE_US}`, '-probesize', '500000'],
    ['-buffer_size', `${RECEIVE_BUFFER_BYTES}`, '-f', 'sdp', '-i', 'pipe:0', '-map', '0', '-c', 'copy'],
    ['-f', 'segment', '-segment_time', `${SEGMENT_S[kind]}`, '-segment_format', container],
    ['-segment_format_options', options],
    ['-segment_list', join(folder, SEGMENTS_FILE), '-segment_list_type', 'csv', '-segment_list_size', '0'],
    [join(folder, `%05d.${container}`)],
  ].flat();
  const child = spawn('ffmpeg', args, { stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-KEPT_CHARACTERS);
  });
  // It may be gone before it has read anything: its exit says so.
  child.stdin.on('error', () => undefined);
  child.stdin.end(sdpOf(rtpParameters, kind, port));
  return { process: child, said: () => said };
}

/** How a track arrives (RFC 8866). */
export function sdpOf({ codecs }: types.RtpParameters, kind: types.MediaKind, port: number): string {
  const codec = codecs[0];
  if (!codec) throw new Error('a track without a codec');
  const { mimeType, payloadType, clockRate, channels, parameters = {} } = codec;
  const name = [mimeType.split('/')[1], clockRate, ...(channels && channels > 1 ? [channels] : [])].join('/');
  const format = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
  return [
    'v=0',
    'o=- 0 0 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=${kind} ${port} RTP/AVP ${payloadType}`,
    `a=rtcp:${port + 1}`,
    `a=rtpmap:${payloadType} ${name}`,
    ...(format.length > 0 ? [`a=fmtp:${payloadType} ${format.join(';')}`] : []),
    'a=recvonly',
    '',
  ].join('\r\n');
}
