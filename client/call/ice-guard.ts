import type { types } from 'mediasoup-client';
import { Failure } from '../../server/contract/failure.ts';
import type { Clock } from '../review/clock.ts';
import type { Signalling } from './signalling.ts';

/** A moment's interruption heals by itself. */
const PATIENCE_MS = 2_000;
/** A restarted path that works is up within this time, even over a line with a second of delay. */
const RESTART_TAKES_MS = 6_000;
const ATTEMPTS = 4;
/** Where there was no path at all, a relay may be mended in the meantime. */
const SEEK_AGAIN_MS = 15_000;

export interface IceGuardParts {
  transport: types.Transport;
  request: Signalling['request'];
  /** The relays, with credentials that are good now: a path is often lost long after those of the ticket have ended. */
  fetchIceServers(): Promise<RTCIceServer[]>;
  clock: Clock;
  onChange(): void;
  /** The path cannot be mended: everything has to be built anew. */
  onHopeless(): void;
  onFailure(thrown: unknown): void;
}

/** Mends a transport's path: after two seconds without it, at once where the browser gave up, and whenever {@link IceGuard.restart} is called. */
export interface IceGuard {
  restart(): void;
  /** A relay was of no help. Where there is no other path the browser stays as it is and seeks no more by itself. */
  seekAgain(): void;
  close(): void;
}

export function guardIce(parts: IceGuardParts): IceGuard {
  const { transport, request, clock, onChange, onHopeless, onFailure } = parts;
  let attempts = 0;
  let cancel: (() => void) | undefined;
  let closed = false;
  const later = (delayMs: number) => {
    cancel?.();
    cancel = clock.after(delayMs, attempt);
  };
  const disarm = () => {
    cancel?.();
    cancel = undefined;
  };

  function attempt(): void {
    disarm();
    if (closed || transport.closed || transport.connectionState === 'connected') return;
    const isNew = transport.connectionState === 'new';
    // To begin anew in the room would be no other path.
    if (!isNew) attempts += 1;
    if (attempts > ATTEMPTS) {
      onHopeless();
      return;
    }
    mend().then(
      () => {
        if (!closed && transport.connectionState !== 'connected') later(isNew ? SEEK_AGAIN_MS : RESTART_TAKES_MS);
      },
      (thrown: unknown) => {
        if (closed) return;
        // Without signalling nothing can be mended; its return calls restart().
        if (thrown instanceof Failure && thrown.code === 'unavailable') return;
        if (thrown instanceof Failure && thrown.code === 'not-found') return onHopeless();
        onFailure(thrown);
        later(RESTART_TAKES_MS);
      },
    );
  }
  async function mend(): Promise<void> {
    const [{ iceParameters }, iceServers] = await Promise.all([
      request('transport:restart-ice', { transportId: transport.id }),
      parts.fetchIceServers(),
    ]);
    if (closed || transport.closed) return;
    await transport.updateIceServers({ iceServers });
    await transport.restartIce({ iceParameters });
  }

  const follow = (state: types.ConnectionState) => {
    onChange();
    if (state === 'connected') {
      attempts = 0;
      disarm();
    } else if (state === 'disconnected') later(PATIENCE_MS);
    else if (state === 'failed') attempt();
  };
  transport.on('connectionstatechange', follow);

  return {
    restart() {
      attempts = 0;
      disarm();
      // Also where the browser believes that all is well: it learns of a dead path only seconds later.
      mend().then(
        () => {
          if (!closed && transport.connectionState !== 'connected' && transport.connectionState !== 'new')
            later(RESTART_TAKES_MS);
        },
        (thrown: unknown) => {
          if (closed || (thrown instanceof Failure && thrown.code === 'unavailable')) return;
          onHopeless();
        },
      );
    },
    seekAgain() {
      if (!closed && !cancel && transport.connectionState === 'new') later(SEEK_AGAIN_MS);
    },
    close() {
      closed = true;
      disarm();
      transport.off('connectionstatechange', follow);
    },
  };
}
