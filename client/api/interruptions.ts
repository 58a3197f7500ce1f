/** What stops the whole application, wherever the person is in it. */
export type Interruption =
  | { kind: 'session-ended'; reason: 'signed-out' | 'expired' | 'disabled' }
  /** The session acts in another appointment, or in none any more: the page begins anew with what is open to it. */
  | { kind: 'appointment-left' }
  /** The server speaks a newer contract: only a reload helps. */
  | { kind: 'outdated' };

const listeners = new Set<(interruption: Interruption) => void>();

export function interrupt(interruption: Interruption): void {
  for (const listener of listeners) listener(interruption);
}

export function onInterruption(listener: (interruption: Interruption) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
