import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { types } from 'mediasoup';
import type { Logger } from '../../server/runtime/log.ts';
import { HIGHEST_LAYERS } from '../layers.ts';
import type { PeerProducer } from '../peer.ts';
import { NO_SPACE, startFfmpeg } from './ffmpeg.ts';
import { SEGMENT_NAME, TAKE_FILE, type TakeFile } from './files.ts';
import { openPlainFeed, type PlainFeed } from './plain-feed.ts';
import { sayGoodbye } from './udp-ports.ts';

/** As often a segment may end. A theatre answers no oftener. */
const KEY_FRAME_EVERY_MS = 2_000;
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
  const feed = await openPlainFeed({ router, producer, layers: HIGHEST_LAYERS, keyFrameEveryMs: KEY_FRAME_EVERY_MS });
  const { consumer, port } = feed;
  let kill = (): void => undefined;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const ffmpeg = startFfmpeg(consumer, port, folder);
    kill = () => void ffmpeg.process.kill('SIGKILL');
    const ended = whenEnded(ffmpeg, folder, feed, log);
    await feed.begin({ gone: ended, onFirst: () => noteStart(folder, log) });
    const end = async () => {
      consumer.close();
      await sayGoodbye(port);
      const killing = setTimeout(() => ffmpeg.process.kill('SIGKILL'), ENDS_WITHIN_MS);
      await ended;
      clearTimeout(killing);
    };
    return { ended, end };
  } catch (error) {
    kill();
    feed.close();
    await removeFolder(folder, log);
    throw error;
  }
}

async function whenEnded(
  { process: child, said }: ReturnType<typeof startFfmpeg>,
  folder: string,
  feed: PlainFeed,
  log: Logger,
): Promise<TakeEnd> {
  const [code, signal] = (await once(child, 'close').catch((err: unknown) => [err])) as unknown[];
  feed.close();
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

/** Notes when the first packet left for the disk: from there the seconds of the segments count. */
function noteStart(folder: string, log: Logger): void {
  const file: TakeFile = { startedAt: new Date().toISOString() };
  writeFile(join(folder, TAKE_FILE), JSON.stringify(file), { mode: 0o600 }).catch((err: unknown) => {
    log.error({ err, folder }, 'the beginning of a take was not noted');
  });
}
