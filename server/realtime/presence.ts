import type { ReviewPeer } from '../contract/index.ts';
import type { Presence, ReviewWindow } from '../review/presence.ts';
import type { Logger } from '../runtime/log.ts';
import type { ShowingWindow } from '../showing/parts.ts';
import type { Notify } from '../store/notify.ts';
import { caseOfRoom, caseRoom, showersRoom, showingOfRoom, showingRoom } from './notify.ts';
import type { ServerSocket, SocketServer } from './socket-server.ts';

/**
 * Who is connected, asked of the rooms themselves and so of every server. Where the other servers cannot be asked, those on
 * this one are told, and a window that is not here counts as connected: nobody loses the role to an outage.
 */
export function createPresence(io: SocketServer, log: Logger): Presence {
  const find = async (room: string): Promise<{ sockets: Pick<ServerSocket, 'id' | 'data'>[]; isComplete: boolean }> => {
    try {
      return { sockets: await io.in(room).fetchSockets(), isComplete: true };
    } catch (err) {
      log.warn({ err }, 'the other servers do not say who is there');
      const ids = [...(io.of('/').adapter.rooms.get(room) ?? [])];
      return { sockets: ids.flatMap((id) => io.of('/').sockets.get(id) ?? []), isComplete: false };
    }
  };
  return {
    async list(consultationId) {
      const { sockets } = await find(caseRoom(consultationId));
      return sockets.map(({ id, data: { caller, qualities } }): ReviewPeer => {
        const { accountId, name, facilityName } = caller;
        return { peerId: id, accountId, name, facilityName, quality: qualities[consultationId] ?? null };
      });
    },
    async isConnected(peerId) {
      const { sockets, isComplete } = await find(peerId);
      return sockets.length > 0 || !isComplete;
    },
  };
}

export function toReviewWindow(socket: ServerSocket): ReviewWindow {
  return {
    peerId: socket.id,
    enter: (consultationId) => {
      socket.join(caseRoom(consultationId));
    },
    leave: (consultationId) => {
      socket.leave(caseRoom(consultationId));
      delete socket.data.qualities[consultationId];
    },
    isIn: (consultationId) => socket.rooms.has(caseRoom(consultationId)),
    listCases: () => [...socket.rooms].flatMap((room) => caseOfRoom(room) ?? []),
    setQuality: (consultationId, quality) => {
      socket.data.qualities[consultationId] = quality;
    },
  };
}

export function toShowingWindow(socket: ServerSocket, presence: Pick<Presence, 'isConnected'>): ShowingWindow {
  return {
    peerId: socket.id,
    enter: (demonstrationId, mayShow) => {
      socket.join(showingRoom(demonstrationId));
      if (mayShow) socket.join(showersRoom(demonstrationId));
      else socket.leave(showersRoom(demonstrationId));
    },
    leave: (demonstrationId) => {
      for (const room of [showingRoom(demonstrationId), showersRoom(demonstrationId)]) socket.leave(room);
    },
    isIn: (demonstrationId) => socket.rooms.has(showingRoom(demonstrationId)),
    listShowings: () => [...socket.rooms].flatMap((room) => showingOfRoom(room) ?? []),
    isConnected: presence.isConnected,
  };
}

/** Loading windows report their progress often; the others need to know now and then. */
const ANNOUNCE_AFTER_MS = 150;

/** Tells a case's windows who is there and what they see, at most every 150 ms. */
export function createPeerAnnouncer({ presence, notify, log }: { presence: Presence; notify: Notify; log: Logger }): {
  announce(consultationId: string): void;
  close(): void;
} {
  const waiting = new Map<string, NodeJS.Timeout>();
  const tell = async (consultationId: string): Promise<void> => {
    waiting.delete(consultationId);
    try {
      const peers = await presence.list(consultationId);
      notify.toCase(consultationId, 'review:peers-changed', { consultationId, peers });
    } catch (err) {
      log.warn({ err, consultationId }, 'who is there was not announced');
    }
  };
  return {
    announce(consultationId) {
      if (!waiting.has(consultationId))
        waiting.set(
          consultationId,
          setTimeout(() => tell(consultationId), ANNOUNCE_AFTER_MS),
        );
    },
    close() {
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}
