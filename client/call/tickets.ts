import type { CallTicket } from '../../server/contract/call.ts';

/** A ticket that ends within this time may be over before it arrives. */
const MARGIN_MS = 10_000;

/** The way into the room, kept as long as it is good, so that a lost connection to the sfu does not need the server to come back. */
export interface Tickets {
  get(): Promise<CallTicket>;
  /** The sfu did not take it. */
  drop(): void;
}

export function createTickets(fetchTicket: () => Promise<CallTicket>, nowMs: () => number = Date.now): Tickets {
  let held: CallTicket | undefined;
  return {
    async get() {
      if (!held || Date.parse(held.expiresAt) - nowMs() < MARGIN_MS) held = await fetchTicket();
      return held;
    },
    drop() {
      held = undefined;
    },
  };
}
