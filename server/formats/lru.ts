/** Values by key, those used last kept: browser and server, threads too, keep nothing by any other rule of age. */
export interface Lru<V> {
  /** Counts as a use. */
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  clear(): void;
  /** From the one used longest ago. */
  values(): Iterable<V>;
}

export interface LruOptions<V> {
  /** What all together may take; a single larger one is kept alone. */
  limit: number;
  /** In the unit of `limit`; by default values are counted. */
  sizeOf?: (value: V) => number;
  /** Told of each that had to go; not of those that were deleted or replaced. */
  onEvict?: (value: V, key: string) => void;
}

export function createLru<V>({ limit, sizeOf = () => 1, onEvict }: LruOptions<V>): Lru<V> {
  // A map's order is that of insertion: a use takes the entry out and puts it in again.
  const entries = new Map<string, V>();
  let total = 0;
  const remove = (key: string): V | undefined => {
    const value = entries.get(key);
    if (value !== undefined && entries.delete(key)) total -= sizeOf(value);
    return value;
  };
  const add = (key: string, value: V): void => {
    entries.set(key, value);
    total += sizeOf(value);
  };
  return {
    get(key) {
      const value = remove(key);
      if (value !== undefined) add(key, value);
      return value;
    },
    set(key, value) {
      remove(key);
      add(key, value);
      for (const [old, oldest] of entries) {
        if (total <= limit || entries.size === 1) return;
        remove(old);
        onEvict?.(oldest, old);
      }
    },
    delete: (key) => void remove(key),
    clear() {
      entries.clear();
      total = 0;
    },
    values: () => entries.values(),
  };
}
