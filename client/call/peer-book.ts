import type { PeerView } from '../../sfu/contract/room.ts';

/** `awaited`: the room was lost and rebuilt, and this person has not come back yet; their tile waits for them with its last picture. */
export interface BookedPeer extends PeerView {
  /** Names the tile: stays with the person when the room is rebuilt and they return as another peer. */
  key: string;
  awaited: boolean;
}

export interface PeerBook {
  readonly peers: readonly BookedPeer[];
  /** Where the room stands, after a join. Who is missing has left if it was resumed, and may come back if it was built anew. */
  stand(peers: readonly PeerView[], resumed: boolean, nowMs: number): void;
  joined(peer: PeerView): void;
  left(peerId: string): void;
  setAway(peerId: string, away: boolean): void;
  /** Forgets those who were awaited too long. @returns whether anybody was. */
  sweep(nowMs: number): boolean;
}

/** As long as the sfu itself keeps a lost peer. */
const AWAIT_MS = 30_000;

/** Who is in the room, in the order in which they came. */
export function createPeerBook(): PeerBook {
  let entries: (BookedPeer & { awaitedSinceMs?: number })[] = [];
  let keys = 0;

  const add = (peer: PeerView) => {
    const known = entries.findIndex((entry) => entry.peerId === peer.peerId);
    const waiting =
      known >= 0 ? known : entries.findIndex((entry) => entry.awaited && entry.accountId === peer.accountId);
    const before = entries[waiting];
    if (before) entries[waiting] = { ...peer, key: before.key, awaited: false };
    else {
      keys += 1;
      entries.push({ ...peer, key: `person-${keys}`, awaited: false });
    }
  };

  return {
    get peers() {
      return entries;
    },
    stand(peers, resumed, nowMs) {
      const present = new Set(peers.map(({ peerId }) => peerId));
      if (resumed) entries = entries.filter(({ peerId, awaited }) => awaited || present.has(peerId));
      else
        entries = entries.map((entry) =>
          present.has(entry.peerId) || entry.awaited ? entry : { ...entry, awaited: true, awaitedSinceMs: nowMs },
        );
      for (const peer of peers) add(peer);
    },
    joined: add,
    left(peerId) {
      entries = entries.filter((entry) => entry.peerId !== peerId);
    },
    setAway(peerId, away) {
      entries = entries.map((entry) => (entry.peerId === peerId ? { ...entry, away } : entry));
    },
    sweep(nowMs) {
      const before = entries.length;
      entries = entries.filter(({ awaited, awaitedSinceMs = nowMs }) => !awaited || nowMs - awaitedSinceMs < AWAIT_MS);
      return entries.length !== before;
    },
  };
}
