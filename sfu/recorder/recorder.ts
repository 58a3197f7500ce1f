import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { types } from 'mediasoup';
import type { RecordingFault } from '../../server/contract/hall.ts';
import type { Logger } from '../../server/runtime/log.ts';
import type { RecordingOrder } from '../contract/recording.ts';
import type { PeerProducer } from '../peer.ts';
import type { TrackFile } from './files.ts';
import { TrackRecording } from './track-recording.ts';

/** Where recordings go, and whether there is what makes them. */
export interface RecorderParts {
  folder: string;
  /** Fewer free bytes on that disk end a recording: the database may lie there as well. */
  minFreeBytes: number;
  hasFfmpeg: boolean;
}

const LOOK_EVERY_MS = 1_000;

/** Records the tracks of one hall as long as it lives. Whatever befalls it, the hall goes on. */
export class Recorder {
  readonly #router: types.Router;
  readonly #order: RecordingOrder;
  readonly #parts: RecorderParts;
  readonly #log: Logger;
  readonly #onFault: (fault: RecordingFault) => void;
  /** By the producer. */
  readonly #tracks = new Map<string, TrackRecording>();
  readonly #looking: NodeJS.Timeout;
  #isOver = false;

  constructor(
    router: types.Router,
    order: RecordingOrder,
    parts: RecorderParts,
    { log, onFault }: { log: Logger; onFault: (fault: RecordingFault) => void },
  ) {
    this.#router = router;
    this.#order = order;
    this.#parts = parts;
    this.#log = log;
    this.#onFault = onFault;
    this.#looking = setInterval(() => void this.#look(), LOOK_EVERY_MS).unref();
    void this.#look();
  }

  follow(producer: PeerProducer, about: Pick<TrackFile, 'accountId' | 'seat'>): void {
    const { source, label, inputId } = producer.appData;
    if (this.#isOver || producer.closed || this.#tracks.has(producer.id)) return;
    if (!this.#order.sources.includes(source)) return;
    const track = new TrackRecording({
      router: this.#router,
      producer,
      about: {
        ...about,
        source,
        label: label ?? null,
        ...(inputId !== undefined && { inputId }),
        kind: producer.kind,
        mimeType: producer.rtpParameters.codecs[0]?.mimeType ?? '',
      },
      folder: join(this.#parts.folder, this.#order.recordingId, producer.id),
      log: this.#log,
      onDiskFull: () => this.#fail('disk-full'),
    });
    this.#tracks.set(producer.id, track);
    producer.observer.once('close', () => {
      void track.close().then(() => this.#tracks.delete(producer.id));
    });
  }

  /** What has come so far is on the disk when this resolves. */
  async close(): Promise<void> {
    this.#isOver = true;
    clearInterval(this.#looking);
    await Promise.all([...this.#tracks.values()].map((track) => track.close()));
  }

  #fail(fault: RecordingFault): void {
    if (this.#isOver) return;
    this.#log.error({ fault, recordingId: this.#order.recordingId }, 'the recording has stopped; the hall goes on');
    void this.close();
    this.#onFault(fault);
  }

  async #look(): Promise<void> {
    const { folder, minFreeBytes } = this.#parts;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // It may be another user's, or have become read-only.
      await access(folder, constants.W_OK | constants.X_OK);
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize < minFreeBytes) this.#fail('disk-full');
    } catch (err) {
      this.#log.error({ err }, 'the folder of recordings cannot be used');
      this.#fail('no-folder');
    }
  }
}
