import type { Clock } from '../../client/review/clock.ts';

/** Time that passes only when told to. Events of one instant run in the order they were planned. */
export class VirtualClock implements Clock {
  #nowMs = 0;
  #sequence = 0;
  #planned: { atMs: number; sequence: number; run: () => void }[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const event = { atMs: this.#nowMs + Math.max(0, delayMs), sequence: this.#sequence++, run };
    this.#planned.push(event);
    return () => {
      this.#planned = this.#planned.filter((other) => other !== event);
    };
  }

  async pass(durationMs: number): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    await settlePromises();
    for (;;) {
      const [next] = this.#planned.toSorted((a, b) => a.atMs - b.atMs || a.sequence - b.sequence);
      if (!next || next.atMs > endMs) break;
      this.#planned = this.#planned.filter((event) => event !== next);
      this.#nowMs = next.atMs;
      next.run();
      await settlePromises();
    }
    this.#nowMs = endMs;
  }
}

function settlePromises(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
