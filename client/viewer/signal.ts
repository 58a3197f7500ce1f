import type { Unsubscribe } from './viewer.ts';

/** One kind of event and whoever listens to it. */
export interface Signal<T> {
  on(listener: (value: T) => void): Unsubscribe;
  emit(value: T): void;
}

export function createSignal<T>(): Signal<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    on(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    emit(value) {
      for (const listener of [...listeners]) listener(value);
    },
  };
}
