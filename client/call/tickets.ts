import type { CallTicket } from '../../server/contract/call.ts';
import { Failure } from '../../server/contract/failure.ts';
import { fateOf } from '../../server/contract/failure-fate.ts';

/** A ticket that ends within this time may be over before it arrives. */
const MARGIN_MS = 10_000;

/** As the browser takes them: without what is absent. */
function toRtcIceServers(servers: CallTicket['iceServers']): RTCIceServer[] {
  return servers.map(({ urls, username, credential }) => ({
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }));
}

/** The way into the room, kept as long as it is good, so that a lost connection to the sfu does not need the server to come back. */
export interface Tickets {
  get(): Promise<CallTicket>;
  /** A ticket that is still good has credentials that are. Where the server is away, those that were good have to do. */
  getIceServers(): Promise<RTCIceServer[]>;
  /** The sfu did not take it. */
  drop(): void;
}

export function createTickets(fetchTicket: () => Promise<CallTicket>, nowMs: () => number = Date.now): Tickets {
  let held: CallTicket | undefined;
  let last: CallTicket | undefined;
  const get = async () => {
    if (!held || Date.parse(held.expiresAt) - nowMs() < MARGIN_MS) held = await fetchTicket();
    last = held;
    return held;
  };
  return {
    get,
    async getIceServers() {
      try {
        return toRtcIceServers((await get()).iceServers);
      } catch (thrown) {
        if (last && thrown instanceof Failure && fateOf(thrown) === 'retry') return toRtcIceServers(last.iceServers);
        throw thrown;
      }
    },
    drop() {
      held = undefined;
    },
  };
}
