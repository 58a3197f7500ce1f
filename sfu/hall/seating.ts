import type { Logger } from '../../server/runtime/log.ts';
import type { Place } from '../place.ts';
import type { Reservation } from '../room.ts';
import type { MediaWorker } from '../workers.ts';
import { Edges } from './edges.ts';

/** Where in this process those who enter a hall receive: at its first router, or spread over all workers. */
export class Seating {
  readonly edges: Edges;
  readonly #pickWorker: () => Promise<MediaWorker>;
  readonly #reserved = new Map<MediaWorker, number>();

  /** @param pickWorker the worker on which there is most room */
  constructor(first: Place, pickWorker: () => Promise<MediaWorker>, log: Logger) {
    this.edges = new Edges(first, log);
    this.#pickWorker = pickWorker;
  }

  /** @param on where it has to be; absent: where there is most room */
  async reserve(on?: MediaWorker): Promise<Reservation> {
    const mediaWorker = on ?? (await this.#pickWorker());
    const count = (by: number) => this.#reserved.set(mediaWorker, (this.#reserved.get(mediaWorker) ?? 0) + by);
    count(1);
    const release = () => void count(-1);
    try {
      return { place: await this.edges.at(mediaWorker), release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Those on the way in, and the tracks that are brought there. */
  streamsOn(mediaWorker: MediaWorker): number {
    return (this.#reserved.get(mediaWorker) ?? 0) + this.edges.streamsOn(mediaWorker);
  }
}
