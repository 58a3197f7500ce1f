import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { types } from 'mediasoup';
import type { Logger } from '../../server/runtime/log.ts';
import { HIGHEST_LAYERS } from '../layers.ts';
import type { PeerProducer } from '../peer.ts';
import { NO_SPACE, startFfmpeg } from './ffmpeg.ts';
import { SEGMENT_NAME, TAKE_FILE, type TakeFile } from './files.ts';
import { findPortPair, listensOn, sayGoodbye } from './udp-ports.ts';

/** How often a picture is asked for a key frame: as often a segment may end. A theatre answers no oftener. */
const KEY_FRAME_EVERY_MS = 2_000;
/** Until the first has come. */
const FIRST_KEY_FRAME_EVERY_MS = 500;
const LISTENS_WITHIN_MS = 5_000;
const ENDS_WITHIN_MS = 3_000;

/** What flows of a track without a pause, on its way to the disk. */
export interface Take {
  /** Resolves once nothing is written any more, by whatever end. */
  ended: Promise<TakeEnd>;
  /** What has come so far is on the disk when this resolves. */
  end(): Promise<void>;
}
export type TakeEnd = 'ended' | 'disk-full';

interface TakeParts {
  router: types.Router;
  producer: PeerProducer;
  /** Made by the take. */
  folder: string;
  log: Logger;
}

/** @throws Error where it cannot begin; nothing is left behind then. */
export async function startTake({ router, producer, folder, log }: TakeParts): Promise<Take> {
  const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
  const transport = await router.createPlainTransport({ listenInfo, rtcpMux: false, comedia: false });
  let kill = (): void => undefined;
  try {
    const port = await findPortPair();
    await transport.connect({ ip: '127.0.0.1', port, rtcpPort: port + 1 });
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: plainCapabilities(router),
      paused: true,
      ...(producer.type === 'simulcast' && { preferredLayers: HIGHEST_LAYERS }),
    });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const ffmpeg = startFfmpeg(consumer, port, folder);
    kill = () => void ffmpeg.process.kill('SIGKILL');
    const ended = whenEnded(ffmpeg, folder, transport, log);
    const tooLate = AbortSignal.timeout(LISTENS_WITHIN_MS);
    await Promise.race([listensOn(port, tooLate), ended.then(() => Promise.reject(new Error('ffmpeg has ended')))]);
    let hasBegun = false;
    consumer.once('trace', () => {
      hasBegun = true;
      noteStart(folder, log);
      consumer.enableTraceEvent([]).catch(() => undefined);
    });
    await consumer.enableTraceEvent(['rtp']);
    await consumer.resume();
    const asking = askForKeyFrames(consumer, () => hasBegun);
    const end = async () => {
      consumer.close();
      await sayGoodbye(port);
      const killing = setTimeout(() => ffmpeg.process.kill('SIGKILL'), ENDS_WITHIN_MS);
      await ended;
      clearTimeout(killing);
    };
    return { ended: ended.finally(asking.stop), end };
  } catch (error) {
    kill();
    transport.close();
    await removeFolder(folder, log);
    throw error;
  }
}

async function whenEnded(
  { process: child, said }: ReturnType<typeof startFfmpeg>,
  folder: string,
  transport: types.PlainTransport,
  log: Logger,
): Promise<TakeEnd> {
  const [code, signal] = (await once(child, 'close').catch((err: unknown) => [err])) as unknown[];
  transport.close();
  const end = said().includes(NO_SPACE) ? 'disk-full' : 'ended';
  // Nothing came: nothing is kept of it.
  const names = await readdir(folder).catch(() => undefined);
  if (names && !names.some((name) => SEGMENT_NAME.test(name))) await removeFolder(folder, log);
  log.debug({ code, signal, said: said(), folder }, 'a take has ended');
  return end;
}

/** Whatever befalls the disk, the hall goes on. */
async function removeFolder(folder: string, log: Logger): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch((err: unknown) => {
    log.warn({ err, folder }, 'what a take left behind was not removed');
  });
}

/** What a receiver without retransmission and header extensions can take. */
function plainCapabilities({ rtpCapabilities: { codecs = [] } }: types.Router): types.RtpCapabilities {
  return { codecs: codecs.filter(({ mimeType }) => !mimeType.toLowerCase().endsWith('/rtx')), headerExtensions: [] };
}

/** Notes when the first packet left for the disk: from there the seconds of the segments count. */
function noteStart(folder: string, log: Logger): void {
  const file: TakeFile = { startedAt: new Date().toISOString() };
  writeFile(join(folder, TAKE_FILE), JSON.stringify(file), { mode: 0o600 }).catch((err: unknown) => {
    log.error({ err, folder }, 'the beginning of a take was not noted');
  });
}

function askForKeyFrames(consumer: types.Consumer, hasBegun: () => boolean): { stop(): void } {
  if (consumer.kind === 'audio') return { stop: () => undefined };
  const ask = () => {
    if (!consumer.closed) consumer.requestKeyFrame().catch(() => undefined);
    timer = setTimeout(ask, hasBegun() ? KEY_FRAME_EVERY_MS : FIRST_KEY_FRAME_EVERY_MS);
  };
  let timer: NodeJS.Timeout;
  ask();
  return { stop: () => clearTimeout(timer) };
}
