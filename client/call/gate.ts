import type { Clock } from '../review/clock.ts';

/** Nobody waits longer for the slowest. */
const PATIENCE_MS = 500;

/** Lets several that begin together go on together: mediasoup-client takes what is consumed in one turn into one exchange of descriptions. */
export interface Gate {
  /** @returns when all have come, or one has waited too long */
  pass(): Promise<void>;
}

export function createGate(expected: number, clock: Clock): Gate {
  let missing = expected;
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let cancel: (() => void) | undefined;
  return {
    pass() {
      missing -= 1;
      if (missing <= 0) {
        cancel?.();
        open();
      } else cancel ??= clock.after(PATIENCE_MS, open);
      return opened;
    },
  };
}
