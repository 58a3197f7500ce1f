import type { Logger } from '../../server/runtime/log.ts';
import type { HlsOrder, HlsState } from '../contract/hls.ts';
import type { CutState } from '../contract/token.ts';
import { HallStream } from '../hls/hall-stream.ts';
import type { HallTrack } from '../hls/tracks.ts';
import type { Peer } from '../peer.ts';
import type { Place } from '../place.ts';
import { cutsMore } from './cut-state.ts';

/** What of a hall is needed here. */
interface StreamedHall {
  readonly origin: Place;
  readonly log: Logger;
  readonly peers: readonly Peer[];
}

/** What makes it die at once makes the next one die as well: the computer has other things to do. */
const AGAIN_AFTER_MS = 5_000;

const hasJustDied = ({ diedAtMs }: HallStream): boolean =>
  diedAtMs !== undefined && Date.now() - diedAtMs < AGAIN_AFTER_MS;

/** The HLS of one hall, made as long as somebody needs it, and ended with the hall's router. */
export class HallHls {
  readonly #hall: StreamedHall;
  #stream: HallStream | undefined;
  #since: string | null = null;
  #cut: CutState = { number: 0, picture: false, sound: false };

  constructor(hall: StreamedHall) {
    this.#hall = hall;
    hall.origin.router.observer.once('close', () => this.#stream?.close());
  }

  /** Shows this from now on, as long as it is ordered again and again. */
  order(order: HlsOrder): HlsState {
    const { origin, log } = this.#hall;
    if (!this.#stream || (this.#stream.closed && !hasJustDied(this.#stream)))
      this.#stream = new HallStream({ router: origin.router, log, listTracks: () => this.#listTracks() }, order);
    // While servers are updated one of the last release orders in turns with the others, and does not say.
    const { since = this.#since } = order;
    if (since !== this.#since) this.takeBack();
    this.#since = since;
    return this.#stream.order(order);
  }

  /** undefined: there is no such fragment, or none any more. */
  find(name: string): Buffer | undefined {
    return this.#stream?.find(name);
  }

  /** Nobody is handed anything any more of what was made until now, and players let go of what they have. */
  takeBack(): void {
    this.#stream?.renew();
  }

  /** Where more is cut than before, what was made is dropped at once, and again once nothing of it flows any more. */
  async followCut(cut: CutState, done: Promise<void>): Promise<void> {
    const isMore = cutsMore(this.#cut, cut);
    this.#cut = cut;
    if (isMore) this.#stream?.dropMade();
    await done;
    if (isMore) this.#stream?.dropMade();
  }

  #listTracks(): HallTrack[] {
    return this.#hall.peers.flatMap(({ producers, claims: { accountId } }) =>
      [...producers.values()].map((producer) => ({ producer, accountId })),
    );
  }
}
