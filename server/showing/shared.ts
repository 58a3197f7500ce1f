import { setTimeout as wait } from 'node:timers/promises';

/** One look for all who ask before it begins: at once, or so long after the last one began. Nobody is answered by an older one. */
export function createShared<T>(everyMs: number): (key: string, look: () => Promise<T>) => Promise<T> {
  const coming = new Map<string, Promise<T>>();
  const resting = new Map<string, Promise<unknown>>();
  const begin = async (key: string, look: () => Promise<T>): Promise<T> => {
    await resting.get(key);
    coming.delete(key);
    resting.set(
      key,
      wait(everyMs).then(() => resting.delete(key)),
    );
    return look();
  };
  return (key, look) => {
    const shared = coming.get(key) ?? begin(key, look);
    coming.set(key, shared);
    return shared;
  };
}
