/**
 * Brings something asynchronous in line with what is wanted: runs one pass at a time, and once more if anything changed meanwhile.
 * A pass that fails is not repeated by itself; the next request runs it again.
 */
export function createReconciler(pass: () => Promise<void>, onFailure: (thrown: unknown) => void): () => void {
  let running = false;
  let again = false;
  return function request(): void {
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    pass()
      .catch(onFailure)
      .finally(() => {
        running = false;
        if (again) request();
      });
  };
}
