import type { CallTicket } from '../../server/contract/call.ts';

/** A ticket that ends within this time may be over before it arrives. */
const MARGIN_MS = 10_000;

/** As the browser takes them: without what is absent. */
export function toRtcIceServers(servers: CallTicket['iceServers']): RTCIceServer[] {
  return servers.map(({ urls, username, credential }) => ({
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }));
}

/** The way into the room, kept as long as it is good, so that a lost connection to the sfu does not need the server to come back. */
export interface Tickets {
  get(): Promise<CallTicket>;
  /** The last one, good or not; undefined before the first. */
  readonly last: CallTicket | undefined;
  /** The sfu did not take it. */
  drop(): void;
}

export function createTickets(fetchTicket: () => Promise<CallTicket>, nowMs: () => number = Date.now): Tickets {
  let held: CallTicket | undefined;
  let last: CallTicket | undefined;
  return {
    get last() {
      return last;
    },
    async get() {
      if (!held || Date.parse(held.expiresAt) - nowMs() < MARGIN_MS) held = await fetchTicket();
      last = held;
      return held;
    },
    drop() {
      held = undefined;
    },
  };
}
