import type { FailureCode } from '../contract/index.ts';
import type { Logger } from '../runtime/log.ts';

const EVERY_MS = 60_000;
const REFUSED: readonly FailureCode[] = ['forbidden', 'not-found', 'conflict'];

/** What a cut takes back is asked for once more by each of hundreds of players: a line says for a minute and a demonstration how many were refused. */
export class Refusals {
  readonly #log: Pick<Logger, 'warn'>;
  readonly #everyMs: number;
  readonly #counts = new Map<string, number>();

  constructor(log: Pick<Logger, 'warn'>, everyMs: number = EVERY_MS) {
    this.#log = log;
    this.#everyMs = everyMs;
  }

  /** @returns false where it is no refusal, or of no demonstration: it is to be logged like any other failure */
  count(demonstrationId: string | undefined, code: FailureCode): boolean {
    if (demonstrationId === undefined || !REFUSED.includes(code)) return false;
    const count = this.#counts.get(demonstrationId);
    this.#counts.set(demonstrationId, (count ?? 0) + 1);
    if (count === undefined) setTimeout(() => this.#tell(demonstrationId), this.#everyMs).unref();
    return true;
  }

  #tell(demonstrationId: string): void {
    const count = this.#counts.get(demonstrationId);
    this.#counts.delete(demonstrationId);
    this.#log.warn({ demonstrationId, count, withinMs: this.#everyMs }, 'pieces of HLS were refused');
  }
}
