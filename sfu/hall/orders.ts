import { Failure } from '../../server/contract/failure.ts';
import type { HlsState } from '../contract/hls.ts';
import type { RecordingOrder, RecordingState } from '../contract/recording.ts';
import { SEAT_SOURCES } from '../contract/token.ts';
import type { NodeControl } from '../control.ts';
import { FRAGMENT_MS } from '../hls/format.ts';
import type { Rooms } from '../rooms.ts';
import { cutOf, endStandingCut, holdCut } from './cut-orders.ts';
import { EdgeHall } from './edge-hall.ts';
import { Hall } from './hall.ts';
import { findPoster, keepPoster } from './poster.ts';
import type { Standing } from './standing.ts';

/** What the server orders of halls. It holds where nobody is in the hall yet, or where everybody is just coming back. */
type HallOrders =
  | 'setPublish'
  | 'orderCut'
  | 'orderResume'
  | 'listHalls'
  | 'startRecording'
  | 'stopRecording'
  | 'findRecording'
  | 'putPoster'
  | 'findPoster'
  | 'orderStream'
  | 'takeStreamBack'
  | 'readFragment';

const NO_STREAM: HlsState = {
  initName: null,
  streamNumber: 0,
  fragmentMs: FRAGMENT_MS,
  fault: 'no-ffmpeg',
  oldestNumber: 0,
  fragments: [],
};

export function orderHalls(rooms: Rooms): Pick<NodeControl, HallOrders> {
  const find = async (roomId: string): Promise<Hall | EdgeHall | undefined> => {
    const room = await rooms.find(roomId);
    if (room && !(room instanceof Hall || room instanceof EdgeHall))
      throw new Failure('conflict', 'the room is a call');
    return room;
  };
  /** What is recorded, or made into HLS, is so where it comes to. */
  const findOrigin = async (roomId: string): Promise<Hall | undefined> => {
    const hall = await find(roomId);
    if (hall instanceof EdgeHall) throw new Failure('conflict', 'theatre and stage are on another node');
    return hall;
  };
  return {
    async setPublish(roomId, accountId, sources) {
      const hall = await find(roomId);
      const seats = hall?.peersOf(accountId).map(({ claims }) => claims.hall?.seat) ?? [];
      if (seats.some((seat) => seat && sources.some((source) => !SEAT_SOURCES[seat].includes(source))))
        throw new Failure('forbidden', 'the seat may not publish that');
      rooms.standing.of(roomId).grants.set(accountId, { sources, atMs: Date.now() });
      await hall?.followGrant(accountId);
    },
    async orderCut(roomId, order) {
      const hall = await find(roomId);
      if (hall) return { ...(await hall.cut(order, null)), isOrigins: true };
      const standing = rooms.standing.of(roomId);
      holdCut(standing, order, null);
      standing.cutBy = null;
      return { ...cutOf(standing), isOrigins: false };
    },
    async orderResume(roomId, { onlyWhereOpen = false, ...what }) {
      const hall = await find(roomId);
      if (hall) return { ...(await hall.resume(what, null)), isOrigins: true };
      const standing = rooms.standing.of(roomId);
      if (onlyWhereOpen) return { ...cutOf(standing), isOrigins: false };
      endStandingCut(standing, what);
      standing.cutBy = null;
      return { ...standing.cut, isOrigins: false };
    },
    async startRecording(roomId, order) {
      const hall = await findOrigin(roomId);
      const standing = rooms.standing.of(roomId);
      const { recording } = standing;
      // Asked again it goes on; what has failed begins anew.
      if (recording?.fault === null && isSame(recording.order, order)) return stateOf(recording);
      standing.recording = { order, fault: rooms.recorder.hasFfmpeg ? null : 'no-ffmpeg' };
      await hall?.followRecording();
      return stateOf(standing.recording);
    },
    async stopRecording(roomId) {
      const hall = await findOrigin(roomId);
      const standing = rooms.standing.of(roomId);
      standing.recording = undefined;
      await hall?.followRecording();
    },
    async findRecording(roomId) {
      const { recording } = rooms.standing.of(roomId);
      return recording ? stateOf(recording) : null;
    },
    async putPoster(roomId, poster) {
      keepPoster(rooms.standing.of(roomId), poster);
    },
    async findPoster(roomId) {
      return findPoster(rooms.standing.of(roomId));
    },
    async orderStream(roomId, order) {
      const hall = await findOrigin(roomId);
      return rooms.recorder.hasFfmpeg ? (hall?.hls.order(order) ?? null) : NO_STREAM;
    },
    async takeStreamBack(roomId) {
      (await findOrigin(roomId))?.hls.takeBack();
    },
    async readFragment(roomId, name) {
      return (await findOrigin(roomId))?.hls.find(name) ?? null;
    },
    async listHalls() {
      const origins = new Set([...rooms.open].flatMap((room) => (room instanceof Hall ? [room.roomId] : [])));
      return rooms.standing.list().map(({ roomId, standing }) => ({
        roomId,
        cut: cutOf(standing),
        cutBy: standing.cutBy,
        isOrigins: origins.has(roomId),
      }));
    },
  };
}

const isSame = (one: RecordingOrder, other: RecordingOrder): boolean =>
  one.recordingId === other.recordingId && one.sources.toSorted().join() === other.sources.toSorted().join();

const stateOf = ({ order, fault }: NonNullable<Standing['recording']>): RecordingState => ({
  recordingId: order.recordingId,
  fault,
});
