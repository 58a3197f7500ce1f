/** Work in line, by whom it is for. */
export interface FairQueue<T> {
  add(owner: string, item: T): void;
  /** Of the owners that pass, the next item of the one with the least at work; among equals, of whoever has waited longest for a turn. */
  take(atWork: (owner: string) => number, passes?: (owner: string) => boolean): T | undefined;
  /** @returns whether it was still waiting. */
  remove(owner: string, item: T): boolean;
  /** Everything that waits, which then waits no longer. */
  drain(): T[];
}

/** However much one person has asked for, another's next item waits for one turn alone. */
export function createFairQueue<T>(): FairQueue<T> {
  // The map's order is the order of turns: whoever was served goes to the end.
  const lines = new Map<string, T[]>();
  return {
    add(owner, item) {
      const line = lines.get(owner);
      if (line) line.push(item);
      else lines.set(owner, [item]);
    },
    take(atWork, passes = () => true) {
      const [owner] = [...lines.keys()].filter(passes).toSorted((one, other) => atWork(one) - atWork(other));
      const line = owner === undefined ? undefined : lines.get(owner);
      if (owner === undefined || !line) return undefined;
      const item = line.shift();
      lines.delete(owner);
      if (line.length > 0) lines.set(owner, line);
      return item;
    },
    remove(owner, item) {
      const line = lines.get(owner) ?? [];
      const index = line.indexOf(item);
      if (index < 0) return false;
      line.splice(index, 1);
      if (line.length === 0) lines.delete(owner);
      return true;
    },
    drain() {
      const all = [...lines.values()].flat();
      lines.clear();
      return all;
    },
  };
}
