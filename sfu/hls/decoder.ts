import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { types } from 'mediasoup';
import type { Logger } from '../../server/runtime/log.ts';
import type { PeerProducer } from '../peer.ts';
import { sdpOf } from '../recorder/ffmpeg.ts';
import { openPlainFeed } from '../recorder/plain-feed.ts';
import { HEIGHT_PX, SAMPLES_A_SECOND, WIDTH_PX } from './format.ts';

/** A picture that lost a packet is whole again after so long. */
const KEY_FRAME_EVERY_MS = 10_000;
/** Of three layers the one nearest to the size that is sent. */
const LAYERS = { spatialLayer: 1, temporalLayer: 8 };

/** One track, decoded as it comes. */
export interface Decoder {
  /** Resolves when nothing more comes, by whatever end. */
  ended: Promise<void>;
  close(): void;
}

interface DecoderParts {
  router: types.Router;
  producer: PeerProducer;
  log: Logger;
  /** Bytes of pictures or samples as format.ts says, in pieces of any length. */
  onBytes(bytes: Buffer): void;
}

/** @throws Error where it cannot begin; nothing is left behind then. */
export async function startDecoder({ router, producer, log, onBytes }: DecoderParts): Promise<Decoder> {
  const feed = await openPlainFeed({ router, producer, layers: LAYERS, keyFrameEveryMs: KEY_FRAME_EVERY_MS });
  const child = spawn('ffmpeg', argumentsFor(producer.kind), { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = whenGone(child).then((code) => {
    feed.close();
    log.debug({ code, producerId: producer.id }, 'a track is decoded no more');
  });
  const close = () => {
    feed.close();
    child.kill('SIGKILL');
  };
  try {
    // It may be gone before it has read anything: its exit says so.
    child.stdin.on('error', () => undefined);
    child.stdin.end(sdpOf(feed.consumer.rtpParameters, producer.kind, feed.port));
    child.stdout.on('data', onBytes);
    await feed.begin({ gone: ended });
    return { ended, close };
  } catch (error) {
    close();
    throw error;
  }
}

async function whenGone(child: ChildProcess): Promise<unknown> {
  return ((await once(child, 'close').catch((err: unknown) => [err])) as unknown[])[0];
}

function argumentsFor(kind: types.MediaKind): string[] {
  const fit = `scale=${WIDTH_PX}:${HEIGHT_PX}:force_original_aspect_ratio=decrease:flags=fast_bilinear`;
  const output =
    kind === 'video'
      ? [
          ...['-vf', `${fit},pad=${WIDTH_PX}:${HEIGHT_PX}:-1:-1`, '-fps_mode', 'passthrough'],
          ...['-pix_fmt', 'yuv420p', '-f', 'rawvideo', 'pipe:1'],
        ]
      : ['-ac', '1', '-ar', `${SAMPLES_A_SECOND}`, '-f', 's16le', '-flush_packets', '1', 'pipe:1'];
  return [
    ['-hide_banner', '-nostats', '-loglevel', 'error'],
    // Of this machine alone: whoever else reached the port could put something into the picture.
    ['-localaddr', '127.0.0.1', '-protocol_whitelist', 'pipe,udp,rtp'],
    ['-fflags', 'nobuffer', '-flags', 'low_delay', '-analyzeduration', '500000', '-probesize', '500000'],
    // One thread: several keep back as many pictures.
    ['-threads', '1', '-buffer_size', '4000000', '-f', 'sdp', '-i', 'pipe:0', '-map', '0', '-filter_threads', '1'],
    output,
  ].flat();
}
