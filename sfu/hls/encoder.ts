import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Logger } from '../../server/runtime/log.ts';
import { FRAMES_A_FRAGMENT, FRAMES_A_SECOND, HEIGHT_PX, PICTURE_BYTES, SAMPLES_A_SECOND, WIDTH_PX } from './format.ts';
import { partFragments } from './fragments.ts';

/** Pictures that may wait for the encoder; beyond, it is behind. */
const MOST_WAITING = 4;
const KEPT_CHARACTERS = 2_000;

/** What makes H.264 and AAC, which every browser plays, of pictures and sound. */
export interface Encoder {
  /** It has not taken what it was given last: nothing more is to be given now. */
  isBehind(): boolean;
  /** One picture and the sound that belongs to it. */
  give(picture: Buffer, samples: Buffer): void;
  /** Resolves when nothing more comes, by whatever end. */
  ended: Promise<void>;
  close(): void;
}

interface EncoderParts {
  log: Logger;
  onInit(bytes: Buffer): void;
  onFragment(bytes: Buffer): void;
}

export function startEncoder({ log, onInit, onFragment }: EncoderParts): Encoder {
  const child = spawn('ffmpeg', ARGUMENTS, { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
  const [pictures, sound] = [child.stdin, child.stdio[3] as Writable];
  // It may be gone before it has read anything: its exit says so.
  for (const input of [pictures, sound]) input.on('error', () => undefined);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-KEPT_CHARACTERS);
  });
  const part = partFragments({ onInit, onFragment });
  child.stdout.on('data', (bytes: Buffer) => {
    try {
      part(bytes);
    } catch (err) {
      // Another encoder begins anew; the calls of this process are not to end with it.
      log.error({ err }, 'an HLS encoder has written what is no MP4');
      child.kill('SIGKILL');
    }
  });
  const ended = (once(child, 'close') as Promise<unknown[]>).then(
    ([code]) => log.debug({ code, said }, 'an HLS encoder has ended'),
    (err: unknown) => log.error({ err }, 'an HLS encoder could not be started'),
  );
  return {
    ended,
    isBehind: () => pictures.writableLength > MOST_WAITING * PICTURE_BYTES,
    give(picture, samples) {
      pictures.write(picture);
      sound.write(samples);
    },
    close: () => void child.kill('SIGKILL'),
  };
}

/** What comes in is known beforehand: to find out would be to wait for more than there is yet. */
const QUEUE = ['-thread_queue_size', '32', '-probesize', '32', '-analyzeduration', '0'];
const ARGUMENTS = [
  ['-hide_banner', '-nostats', '-loglevel', 'warning', '-protocol_whitelist', 'pipe'],
  [...QUEUE, '-f', 'rawvideo', '-pix_fmt', 'yuv420p'],
  ['-video_size', `${WIDTH_PX}x${HEIGHT_PX}`, '-framerate', `${FRAMES_A_SECOND}`, '-i', 'pipe:0'],
  [...QUEUE, '-f', 's16le', '-ar', `${SAMPLES_A_SECOND}`, '-ac', '1', '-i', 'pipe:3'],
  [
    '-map',
    '0:v',
    '-map',
    '1:a',
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-tune',
    'zerolatency',
    '-profile:v',
    'main',
    '-threads',
    '2',
  ],
  // Each fragment can be begun with, and is as long as all others; without B-frames decoding follows the order of showing.
  ['-g', `${FRAMES_A_FRAGMENT}`, '-keyint_min', `${FRAMES_A_FRAGMENT}`, '-sc_threshold', '0', '-bf', '0'],
  // The colours of VP8 (RFC 6386 section 9.2): what is not named a player guesses by the size.
  ['-colorspace', 'smpte170m', '-color_primaries', 'smpte170m', '-color_trc', 'smpte170m', '-color_range', 'tv'],
  ['-crf', '24', '-maxrate', '900k', '-bufsize', '1800k', '-c:a', 'aac', '-b:a', '64k'],
  ['-f', 'mp4', '-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-flush_packets', '1', 'pipe:1'],
].flat();
