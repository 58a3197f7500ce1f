import { createMutex } from '../database/mutex.ts';

/** Runs work on the same key one after the other, work on different keys side by side. */
export function createLine(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const lines = new Map<string, { mutex: ReturnType<typeof createMutex>; waiting: number }>();
  return async (key, work) => {
    const line = lines.get(key) ?? { mutex: createMutex(), waiting: 0 };
    lines.set(key, line);
    line.waiting += 1;
    try {
      return await line.mutex(work);
    } finally {
      line.waiting -= 1;
      if (line.waiting === 0) lines.delete(key);
    }
  };
}
