import type { CallTicket } from '../../server/contract/call.ts';
import { Failure } from '../../server/contract/failure.ts';
import { fateOf } from '../../server/contract/failure-fate.ts';

/** A ticket that ends within this time may be over before it arrives. */
const MARGIN_MS = 10_000;
/** An sfu that stays away is no reason for hundreds to ask the server at each try: less and less often. */
const DOUBT_AGAIN_MS = 2_000;
const DOUBT_LONGEST_MS = 60_000;
const DOUBT_FORGOTTEN_MS = 600_000;

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
  /** The sfu that it names does not answer: asked for again, but still good where the server is away too. */
  doubt(): void;
  /** The sfu did not take it. */
  drop(): void;
}

/**
 * @param nowMs what tickets' ends are compared with
 * @param clockMs what is waited by
 */
export function createTickets(
  fetchTicket: (unreached?: string) => Promise<CallTicket>,
  nowMs: () => number = Date.now,
  clockMs: () => number = () => performance.now(),
): Tickets {
  let held: CallTicket | undefined;
  let last: CallTicket | undefined;
  let doubted = false;
  let doubts = 0;
  let doubtedAtMs = Number.NEGATIVE_INFINITY;
  let againAfterMs = DOUBT_AGAIN_MS;
  const get = async () => {
    const good = held && Date.parse(held.expiresAt) - nowMs() >= MARGIN_MS ? held : undefined;
    if (good && !doubted) return good;
    // Once may be the own line; twice the way there is another one's to find.
    const fresh = await (doubts >= 2 ? fetchTicket(held?.sfuUrl) : fetchTicket()).catch((thrown: unknown) => {
      if (good && thrown instanceof Failure && fateOf(thrown) === 'retry') return good;
      throw thrown;
    });
    doubted = false;
    if (fresh.sfuUrl !== held?.sfuUrl) doubts = 0;
    held = fresh;
    last = fresh;
    return fresh;
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
    doubt() {
      const sinceMs = clockMs() - doubtedAtMs;
      if (sinceMs < againAfterMs) return;
      doubts = sinceMs > DOUBT_FORGOTTEN_MS ? 1 : doubts + 1;
      againAfterMs = sinceMs > DOUBT_FORGOTTEN_MS ? DOUBT_AGAIN_MS : Math.min(2 * againAfterMs, DOUBT_LONGEST_MS);
      doubtedAtMs = clockMs();
      doubted = true;
    },
    drop() {
      held = undefined;
    },
  };
}
