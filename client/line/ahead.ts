/** Whoever has not come for it by then does not want it. */
const AHEAD_MS = 10_000;

interface Early<T> {
  answer: Promise<T>;
  aborting: AbortController;
  timer: ReturnType<typeof setTimeout>;
}

/** Answers that are asked for before anybody can use them, by address; each is handed out once. */
export interface Ahead<T> {
  /** Asks, unless that is under way already. What fails is forgotten: whoever needs it asks again and hears why. */
  begin(address: string, ask: (signal: AbortSignal) => Promise<T>): void;
  /** @param until gives it up again. */
  take(address: string, until: AbortSignal): Promise<T> | undefined;
}

export function createAhead<T>(): Ahead<T> {
  const all = new Map<string, Early<T>>();
  const remove = (address: string): Early<T> | undefined => {
    const early = all.get(address);
    all.delete(address);
    clearTimeout(early?.timer);
    return early;
  };
  return {
    begin(address, ask) {
      if (all.has(address)) return;
      const aborting = new AbortController();
      const answer = ask(aborting.signal);
      const timer = setTimeout(() => remove(address)?.aborting.abort(), AHEAD_MS);
      all.set(address, { answer, aborting, timer });
      answer.catch(() => {
        if (all.get(address)?.answer === answer) remove(address);
      });
    },
    take(address, until) {
      const early = remove(address);
      if (early) until.addEventListener('abort', () => early.aborting.abort(), { once: true });
      return early?.answer;
    },
  };
}
