import type { types } from 'mediasoup';

interface Taken {
  takers: number;
  opened: Promise<types.Producer>;
}

/** Tracks that are brought to a router from elsewhere: each once, from the first who takes it there to the last. */
export class TakenTracks {
  readonly #open: (producerId: string) => Promise<types.Producer>;
  readonly #taken = new Map<string, Taken>();

  /** @param open has a track arrive, as a producer of the same id */
  constructor(open: (producerId: string) => Promise<types.Producer>) {
    this.#open = open;
  }

  get count(): number {
    return this.#taken.size;
  }

  /** @returns what to call once it is taken no more. @throws Error where either end is gone */
  async take(producerId: string): Promise<() => void> {
    let taken = this.#taken.get(producerId);
    if (!taken) {
      taken = { takers: 0, opened: this.#open(producerId) };
      this.#taken.set(producerId, taken);
    }
    const mine = taken;
    mine.takers += 1;
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      mine.takers -= 1;
      void this.#closeIdle(producerId, mine);
    };
    try {
      await mine.opened;
      return release;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** One that is still being opened may be taken again before it is closed. */
  async #closeIdle(producerId: string, taken: Taken): Promise<void> {
    const arrived = await taken.opened.catch(() => undefined);
    if (taken.takers > 0 || this.#taken.get(producerId) !== taken) return;
    this.#taken.delete(producerId);
    arrived?.close();
  }
}
