import type { Failure } from '../../server/contract/failure.ts';
import type { PeerView, RoomSnapshot } from '../../sfu/contract/room.ts';
import type { LinkQuality } from './link-quality.ts';
import type { RelayFault } from './relay-fault.ts';
import type { SfuMessage } from './signalling.ts';

/**
 * `outside`: on the preview page. `elsewhere`: there too, and the person is in the room in another window: they say which it is to be. `returning`: was inside, the way to the sfu is lost and sought; media may still flow.
 * The others are ends: `ended` for everybody, `replaced` by another window of the same person,
 * `removed` since the right to be here has ended, `refused` with a failure that trying cannot cure,
 * `unsupported` by this browser.
 */
export type RoomPhase =
  | 'outside'
  | 'elsewhere'
  | 'joining'
  | 'inside'
  | 'returning'
  | 'left'
  | 'ended'
  | 'replaced'
  | 'removed'
  | 'refused'
  | 'unsupported';

/** Why a camera that is on shows nothing: the receiver's line cannot carry it, or the sender's cannot. Voice goes on in both cases. */
export type PictureStop = 'own-line' | 'their-line';

export interface RemoteTrack {
  producerId: string;
  /** Null: on its way. */
  track: MediaStreamTrack | null;
  /** Muted, or the camera is off. */
  paused: boolean;
  stopped: PictureStop | null;
  /** Its first picture is not there yet. */
  awaited: boolean;
  /** This browser cannot decode it. */
  undecodable: boolean;
}

export interface RemotePerson {
  /** Names the tile; the same over reconnects. */
  key: string;
  peerId: string;
  accountId: string;
  displayName: string;
  facilityName: string;
  role: string;
  /** Their way to the sfu is lost, or the room was rebuilt and they are not back yet. */
  returning: boolean;
  voice: RemoteTrack | null;
  picture: RemoteTrack | null;
  /** Of the line from them; null where they send nothing to judge by. */
  quality: LinkQuality | null;
  speaking: boolean;
}

/** Where this window stands on its way into the room. */
export interface WayState {
  phase: RoomPhase;
  /** Set in `refused`. */
  failure: Failure | null;
  /** Before entering: the way to the room stands. */
  reachable: boolean;
  /** There and back to the sfu, as the last look took; null before the first. */
  rttMs: number | null;
  /** Before entering: who is in the room. */
  present: readonly PeerView[];
}

/** What a page shows of a room, put together from all that is heard. */
export interface Viewing<S extends WayState = WayState> {
  readonly state: S;
  onState(listener: () => void): () => void;
  /** The way into the room has changed. */
  set(change: Partial<WayState>): void;
  /** Something that the state is made from has changed. */
  changed(): void;
  hear(message: SfuMessage): void;
  /** After a join: where the room stands, and who this window is in it. */
  stand(snapshot: RoomSnapshot): void;
  close(): void;
}

export interface RoomState extends WayState {
  people: readonly RemotePerson[];
  /** Whether sound and pictures pass between this window and the sfu. */
  media: 'idle' | 'connecting' | 'flowing' | 'interrupted';
  /** What a relay has against this computer, where one was tried. */
  relayFault: RelayFault | null;
  self: {
    speaking: boolean;
    quality: LinkQuality;
    /** The own video is held back by a poor line: the camera is on, nobody sees it. */
    pictureStopped: boolean;
    /** The device is on, and the system or a headset keeps it: nobody hears, or sees, this person. */
    microphoneHeld: boolean;
    cameraHeld: boolean;
    /** A moderator has muted this person. */
    mutedByModerator: boolean;
  };
}

export const OUTSIDE: RoomState = {
  phase: 'outside',
  failure: null,
  reachable: false,
  rttMs: null,
  present: [],
  people: [],
  media: 'idle',
  relayFault: null,
  self: {
    speaking: false,
    quality: 'good',
    pictureStopped: false,
    microphoneHeld: false,
    cameraHeld: false,
    mutedByModerator: false,
  },
};

/**
 * Whom to show and to play: nobody hears or sees themselves out of another window. A window that was closed without a word stays with the sfu for
 * half a minute; where its person is here in another one, it is not shown.
 */
export function othersOf(people: readonly RemotePerson[], ownAccountId: string): RemotePerson[] {
  const here = new Set(people.filter(({ returning }) => !returning).map(({ accountId }) => accountId));
  return people.filter(
    ({ returning, accountId }) => accountId !== ownAccountId && (!returning || !here.has(accountId)),
  );
}
