import type { Socket } from 'socket.io-client';

/** So little that a message written now leaves within a frame even on a slow line. */
const BUFFER_BYTES = 2_048;
const RETRY_MS = 15;

export interface VolatileSender {
  send(name: string, input: unknown): void;
  /** Forgets what is held. */
  clear(): void;
}

/**
 * Sends without queueing. Socket.IO's own `volatile` drops the *newest* message when the line is busy, and a browser's WebSocket
 * takes any amount into its buffer; a follower would stay behind the presenter for good, or run seconds late.
 * Here the latest input of each name is held until the line has room, and replaces the one held before.
 */
export function createVolatileSender(socket: Socket): VolatileSender {
  const held = new Map<string, unknown>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    timer = undefined;
    for (const [name, input] of held) {
      if (!hasRoom(socket)) {
        timer = setTimeout(flush, RETRY_MS);
        return;
      }
      held.delete(name);
      socket.volatile.emit(name, input);
    }
  }

  return {
    send(name, input) {
      if (!socket.connected) return;
      held.set(name, input);
      if (timer === undefined) flush();
    },
    clear() {
      held.clear();
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

function hasRoom(socket: Socket): boolean {
  const transport = socket.io.engine?.transport;
  if (!transport?.writable) return false;
  // Engine.IO keeps its WebSocket private; under polling there is none, and `writable` says it all.
  const webSocket: unknown = Reflect.get(transport, 'ws');
  return !(webSocket instanceof WebSocket) || webSocket.bufferedAmount < BUFFER_BYTES;
}
