import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { types } from 'mediasoup';
import type { Logger } from '../../server/runtime/log.ts';
import type { PeerProducer } from '../peer.ts';
import { TRACK_FILE, type TrackFile } from './files.ts';
import { startTake, type Take } from './take.ts';

interface TrackParts {
  router: types.Router;
  producer: PeerProducer;
  about: TrackFile;
  /** The track's own. */
  folder: string;
  log: Logger;
  onDiskFull: () => void;
}

/** What ended too soon begins again after a while. */
const AGAIN_AFTER_MS = 500;

/** Records one track whenever it flows: each pause, of whatever reason, ends a take, and nothing is written until the next begins. */
export class TrackRecording {
  readonly #parts: TrackParts;
  #take: Take | undefined;
  #stopped = false;
  #settling: Promise<void> = Promise.resolve();

  constructor(parts: TrackParts) {
    this.#parts = parts;
    const { observer } = parts.producer;
    observer.on('pause', () => this.#settle());
    observer.on('resume', () => this.#settle());
    observer.once('close', () => this.#settle());
    this.#settle();
  }

  /** What has come so far is on the disk when this resolves. */
  async close(): Promise<void> {
    this.#stopped = true;
    this.#settle();
    await this.#settling;
  }

  get #flows(): boolean {
    const { producer, router } = this.#parts;
    return !this.#stopped && !producer.closed && !producer.paused && !router.closed;
  }

  /** One after the other: a pause during the beginning of a take ends it once it has begun. */
  #settle(): void {
    const { log, producer } = this.#parts;
    this.#settling = this.#settling
      .then(() => this.#follow())
      .catch((err: unknown) => {
        log.error({ err, producerId: producer.id }, 'a track is not being recorded; it is tried again');
        this.#again();
      });
  }

  async #follow(): Promise<void> {
    if (!this.#flows) {
      const take = this.#take;
      this.#take = undefined;
      await take?.end();
      return;
    }
    if (this.#take) return;
    const { router, producer, folder, log, onDiskFull } = this.#parts;
    await this.#describe();
    const take = await startTake({ router, producer, folder: join(folder, `${Date.now()}`), log });
    this.#take = take;
    void take.ended.then((end) => {
      if (end === 'disk-full') onDiskFull();
      if (this.#take !== take) return;
      this.#take = undefined;
      this.#again();
    });
  }

  #again(): void {
    if (this.#flows) void delay(AGAIN_AFTER_MS, undefined, { ref: false }).then(() => this.#settle());
  }

  async #describe(): Promise<void> {
    const { folder, about } = this.#parts;
    const file = join(folder, TRACK_FILE);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(`${file}.new`, JSON.stringify(about), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
}
