import { SAMPLE_BYTES, SAMPLES_A_SECOND } from './format.ts';

/** A voice begins once so much of it is there, so that packets that come late leave no gap. */
const AHEAD_SAMPLES = SAMPLES_A_SECOND / 10;
/** More than that is dropped: a sender's clock may run faster than ours. */
const MOST_SAMPLES = SAMPLES_A_SECOND / 2;
const [LOWEST, HIGHEST] = [-32_768, 32_767];

/** The samples of one voice that wait to be mixed. */
export class WaitingSound {
  #bytes = Buffer.alloc(0);
  #flows = false;

  add(bytes: Buffer): void {
    const all = Buffer.concat([this.#bytes, bytes]);
    const isTooMuch = all.length > MOST_SAMPLES * SAMPLE_BYTES;
    const from = isTooMuch ? all.length - AHEAD_SAMPLES * SAMPLE_BYTES : 0;
    this.#bytes = all.subarray(from - (from % SAMPLE_BYTES));
  }

  /** Adds so many samples to those in `into`; what is not there is silence. Too loud is as loud as can be. */
  mixInto(into: Buffer): void {
    if (!this.#flows && this.#bytes.length < AHEAD_SAMPLES * SAMPLE_BYTES) return;
    const length = Math.min(into.length, this.#bytes.length - (this.#bytes.length % SAMPLE_BYTES));
    for (let at = 0; at < length; at += SAMPLE_BYTES) {
      const sum = into.readInt16LE(at) + this.#bytes.readInt16LE(at);
      into.writeInt16LE(Math.max(LOWEST, Math.min(HIGHEST, sum)), at);
    }
    this.#bytes = this.#bytes.subarray(length);
    // Silence is not sent: with the next word it begins anew.
    this.#flows = length === into.length;
  }
}
