import type { Failure } from '../../server/contract/failure.ts';
import type { FrameImage } from './cornerstone/image.ts';
import type { Slice } from './series.ts';

interface Waiter {
  resolve(image: FrameImage): void;
  reject(failure: unknown): void;
}

interface Order {
  slice: Slice;
  waiters: Set<Waiter>;
}

/** Frames that are asked for out of turn, and who waits for them. */
export class FrameOrders {
  readonly #orders = new Map<string, Order>();

  /** In the order in which they were asked for. */
  slices(): Slice[] {
    return [...this.#orders.values()].map(({ slice }) => slice);
  }

  /** Resolves or rejects as the frame is settled. Where all who wait have gone, the order has gone too. */
  wait(slice: Slice, signal: AbortSignal): Promise<FrameImage> {
    return new Promise((resolve, reject) => {
      const order = this.#orders.get(slice.key) ?? { slice, waiters: new Set<Waiter>() };
      const waiter = { resolve, reject };
      this.#orders.set(slice.key, order);
      order.waiters.add(waiter);
      signal.addEventListener('abort', () => {
        order.waiters.delete(waiter);
        if (order.waiters.size === 0 && this.#orders.get(slice.key) === order) this.#orders.delete(slice.key);
        reject(signal.reason);
      });
    });
  }

  arrived(slice: Slice, image: FrameImage): void {
    for (const waiter of this.#take(slice)) waiter.resolve(image);
  }

  failed(slice: Slice, failure: Failure): void {
    for (const waiter of this.#take(slice)) waiter.reject(failure);
  }

  clear(): void {
    this.#orders.clear();
  }

  #take({ key }: Slice): Iterable<Waiter> {
    const waiters = this.#orders.get(key)?.waiters ?? [];
    this.#orders.delete(key);
    return waiters;
  }
}

/** The items from one index outwards: itself, the next, the previous, the one after next, … */
export function outwardFrom<T>(items: readonly T[], index: number): T[] {
  const ordered: T[] = [];
  for (let distance = 0; ordered.length < items.length && distance <= items.length; distance++) {
    const after = items[index + distance];
    const before = items[index - distance];
    if (after !== undefined) ordered.push(after);
    if (before !== undefined && distance > 0) ordered.push(before);
  }
  return ordered;
}
