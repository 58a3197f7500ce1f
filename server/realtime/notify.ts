import type { Notice, NoticeName, ServerToClient } from '../contract/index.ts';
import type { Notify } from '../store/notify.ts';
import type { ServerSocket, SocketServer } from './socket-server.ts';

/** All windows of one person. */
export const accountRoom = (accountId: string): string => `account:${accountId}`;
/** All windows in which one appointment is acted in. */
export const appointmentRoom = (appointmentId: string): string => `appointment:${appointmentId}`;
/** Those of them that finish a case, since the appointment has run out. */
const finishingRoom = (appointmentId: string, consultationId: string): string =>
  `finishing:${appointmentId}:${consultationId}`;
/** All connections of one session. */
export const sessionRoom = (sessionId: string): string => `session:${sessionId}`;
/** All windows that have one case's review open. */
export const caseRoom = (consultationId: string): string => `case:${consultationId}`;
/** All windows that have entered one demonstration. */
export const demonstrationRoom = (demonstrationId: string): string => `demonstration:${demonstrationId}`;
/** All windows that have opened what one demonstration shows. */
export const showingRoom = (demonstrationId: string): string => `showing:${demonstrationId}`;
/** Those of them whose people may show. */
export const showersRoom = (demonstrationId: string): string => `showers:${demonstrationId}`;
const CASE_PREFIX = caseRoom('');
const DEMONSTRATION_PREFIXES = [demonstrationRoom(''), showingRoom(''), showersRoom('')];

export function caseOfRoom(room: string): string | undefined {
  return room.startsWith(CASE_PREFIX) ? room.slice(CASE_PREFIX.length) : undefined;
}

export function showingOfRoom(room: string): string | undefined {
  const prefix = showingRoom('');
  return room.startsWith(prefix) ? room.slice(prefix.length) : undefined;
}

export function demonstrationOfRoom(room: string): string | undefined {
  const prefix = DEMONSTRATION_PREFIXES.find((one) => room.startsWith(one));
  return prefix === undefined ? undefined : room.slice(prefix.length);
}

/** From now on the window hears of this case alone. */
export async function keepToCase(socket: ServerSocket, appointmentId: string, consultationId: string): Promise<void> {
  await socket.leave(appointmentRoom(appointmentId));
  await socket.join(finishingRoom(appointmentId, consultationId));
}

/** Delivers by rooms alone, so that it does not matter which server a window is connected to. */
export function createNotify(io: SocketServer): Notify {
  const to = (rooms: string[], exceptPeerId: string | undefined) =>
    exceptPeerId === undefined ? io.to(rooms) : io.to(rooms).except(exceptPeerId);
  /** Name and notice belong together by the signature of whoever calls. */
  const payload = <N extends NoticeName>(notice: Notice<N>) => [notice] as unknown as Parameters<ServerToClient[N]>;
  return {
    toAccounts(accountIds, name, notice, exceptPeerId) {
      if (accountIds.length > 0) to(accountIds.map(accountRoom), exceptPeerId).emit(name, ...payload(notice));
    },
    toAppointments(windows, name, notice, exceptPeerId) {
      // Whose appointment has just run out is still in its room, until that is noticed.
      const rooms = windows.flatMap(({ appointmentId, onlyCaseId }) => [
        appointmentRoom(appointmentId),
        ...(onlyCaseId === undefined ? [] : [finishingRoom(appointmentId, onlyCaseId)]),
      ]);
      if (rooms.length > 0) to(rooms, exceptPeerId).emit(name, ...payload(notice));
    },
    toCase(consultationId, name, notice, exceptPeerId) {
      to([caseRoom(consultationId)], exceptPeerId).emit(name, ...payload(notice));
    },
    toCaseVolatile(consultationId, name, notice, exceptPeerId) {
      to([caseRoom(consultationId)], exceptPeerId).volatile.emit(name, ...payload(notice));
    },
    leaveCase(consultationId, accountIds) {
      if (accountIds.length > 0) io.in(accountIds.map(accountRoom)).socketsLeave(caseRoom(consultationId));
    },
    toDemonstration(demonstrationId, name, notice) {
      io.to(demonstrationRoom(demonstrationId)).emit(name, ...payload(notice));
    },
    toShowing(demonstrationId, name, notice, exceptPeerId) {
      to([showingRoom(demonstrationId)], exceptPeerId).emit(name, ...payload(notice));
    },
    toShowingVolatile(demonstrationId, name, notice) {
      io.to(showingRoom(demonstrationId)).volatile.emit(name, ...payload(notice));
    },
    toShowers(demonstrationId, name, notice, exceptPeerId) {
      to([showersRoom(demonstrationId)], exceptPeerId).emit(name, ...payload(notice));
    },
    leaveShowers(demonstrationId, accountId) {
      io.in(accountRoom(accountId)).socketsLeave(showersRoom(demonstrationId));
    },
    leaveDemonstration(demonstrationId, accountIds) {
      const rooms = [demonstrationRoom, showingRoom, showersRoom].map((roomOf) => roomOf(demonstrationId));
      if (accountIds === undefined) io.socketsLeave(rooms);
      else if (accountIds.length > 0) io.in(accountIds.map(accountRoom)).socketsLeave(rooms);
    },
  };
}
