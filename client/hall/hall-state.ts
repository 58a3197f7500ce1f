import type { PausedBy } from '../../sfu/contract/messages.ts';
import type { CutState, HallSeat, MediaSource } from '../../sfu/contract/token.ts';
import type { LinkQuality } from '../call/link-quality.ts';
import type { RelayFault } from '../call/relay-fault.ts';
import { OUTSIDE, type RemoteTrack, type RoomState, type WayState } from '../call/room-state.ts';

/** A track of somebody else in a hall. */
export interface HallTrack extends RemoteTrack {
  accountId: string;
  source: MediaSource;
  label: string | null;
  /** Names it among its sender's, whatever it is called; undefined of what is no theatre's. */
  inputId: string | undefined;
  /** Null while it flows. */
  pausedBy: PausedBy | null;
}

/** Somebody of theatre or stage, or of the audience with a voice. Nobody is told of the others. */
export interface HallPerson {
  /** Names the tile; the same over reconnects. */
  key: string;
  peerId: string;
  accountId: string;
  displayName: string;
  facilityName: string;
  role: string;
  seat: HallSeat;
  /** Their way to the sfu is lost, or the hall was rebuilt and they are not back yet. */
  returning: boolean;
  voice: HallTrack | null;
  pictures: readonly HallTrack[];
  quality: LinkQuality | null;
  speaking: boolean;
}

/** What a page shows of a hall. */
export interface HallState extends WayState {
  /** Null until the ticket is there. */
  seat: HallSeat | null;
  mayCut: boolean;
  /** What this window may send now; changes with a voice that is given or taken. */
  mayPublish: readonly MediaSource[];
  people: readonly HallPerson[];
  /** How many sit in the audience. */
  audience: number;
  cut: CutState;
  media: RoomState['media'];
  /** What others send comes through, whatever becomes of what this window sends. */
  isReceiving: boolean;
  relayFault: RelayFault | null;
  self: {
    speaking: boolean;
    /** Of the own line. */
    quality: LinkQuality;
    /** The own pictures are held back by a poor line. */
    pictureStopped: boolean;
    /** The own pictures are sent smaller: this computer does not keep up with encoding them. */
    isComputerSlow: boolean;
  };
}

export const OUTSIDE_HALL: HallState = {
  phase: OUTSIDE.phase,
  failure: null,
  reachable: false,
  rttMs: null,
  present: [],
  seat: null,
  mayCut: false,
  mayPublish: [],
  people: [],
  audience: 0,
  cut: { number: 0, picture: false, sound: false },
  media: 'idle',
  isReceiving: false,
  relayFault: null,
  self: { speaking: false, quality: 'good', pictureStopped: false, isComputerSlow: false },
};
