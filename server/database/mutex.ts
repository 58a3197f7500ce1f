/** Runs pieces of work one after the other, in the order they were handed in. */
export function createMutex(): <T>(work: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = tail.then(work, work);
    // The next in line waits for the end, whatever it is; the failure itself goes to whoever asked for this piece.
    tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  };
}
