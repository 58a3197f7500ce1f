import type { types } from 'mediasoup-client';

/** Why a relay (TURN) is of no help: it does not take the credentials, or it is not there. */
export type RelayFault = 'refused' | 'unreachable';

/** STUN error codes, RFC 8489 section 14.8: unauthenticated; RFC 8656 section 19: forbidden. */
const REFUSED = [401, 403, 441];

/** Listens to what the browser says of relays while it looks for paths (RTCPeerConnectionIceErrorEvent). */
export function watchRelays(transport: types.Transport, onFault: (fault: RelayFault) => void): void {
  transport.on('icecandidateerror', ({ errorCode, url }) => {
    if (url?.startsWith('turn')) onFault(REFUSED.includes(errorCode) ? 'refused' : 'unreachable');
  });
}
