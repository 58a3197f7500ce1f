/** Runs work on the same key one after the other, work on different keys side by side. */
export function createKeyedMutex(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = tails.get(key);
    // Whatever became of the one before; its failure goes to whoever asked for it.
    const result = before === undefined ? work() : before.then(work, work);
    tails.set(key, result);
    try {
      return await result;
    } finally {
      if (tails.get(key) === result) tails.delete(key);
    }
  };
}

/** Runs all work one after the other, in the order it was handed in. */
export function createMutex(): <T>(work: () => Promise<T>) => Promise<T> {
  const exclusively = createKeyedMutex();
  return (work) => exclusively('', work);
}
