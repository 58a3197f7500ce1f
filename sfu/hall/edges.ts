import type { Logger } from '../../server/runtime/log.ts';
import { openPlace, type Place } from '../place.ts';
import type { MediaWorker } from '../workers.ts';
import { Pipes } from './pipes.ts';

/** The routers of a hall on the machine's further workers, from which its audience receives. */
export class Edges {
  readonly #origin: Place;
  readonly #log: Logger;
  readonly #opening = new Map<MediaWorker, Promise<Place>>();
  readonly #pipes = new Map<Place, Pipes>();
  #closed = false;

  constructor(origin: Place, log: Logger) {
    this.#origin = origin;
    this.#log = log;
  }

  /** The hall's place on a worker, opened by the first who needs it. */
  async at(mediaWorker: MediaWorker): Promise<Place> {
    if (mediaWorker === this.#origin.mediaWorker) return this.#origin;
    let opening = this.#opening.get(mediaWorker);
    if (!opening) {
      opening = this.#open(mediaWorker);
      this.#opening.set(mediaWorker, opening);
      opening.catch(() => this.#opening.delete(mediaWorker));
    }
    return await opening;
  }

  /** Makes a track of the origin known at a place; it stays so until released. */
  async bring(producerId: string, to: Place): Promise<() => void> {
    return (await this.#pipes.get(to)?.take(producerId)) ?? (() => undefined);
  }

  /** The tracks that are brought to a worker. */
  streamsOn(mediaWorker: MediaWorker): number {
    let streams = 0;
    for (const [place, pipes] of this.#pipes) if (place.mediaWorker === mediaWorker) streams += pipes.count;
    return streams;
  }

  /** The worker is gone. */
  lose(mediaWorker: MediaWorker): void {
    this.#opening.delete(mediaWorker);
    for (const place of this.#pipes.keys()) if (place.mediaWorker === mediaWorker) this.#pipes.delete(place);
  }

  close(): void {
    this.#closed = true;
    for (const { router } of this.#pipes.keys()) router.close();
    this.#pipes.clear();
    this.#opening.clear();
  }

  async #open(mediaWorker: MediaWorker): Promise<Place> {
    const place = await openPlace(mediaWorker);
    if (this.#closed) {
      place.router.close();
      return place;
    }
    const { router: from } = this.#origin;
    this.#pipes.set(place, new Pipes({ from, to: place.router, log: this.#log }));
    this.#log.info({ workerIndex: mediaWorker.index }, 'edge opened');
    return place;
  }
}
