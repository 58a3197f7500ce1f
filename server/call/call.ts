/** One meeting of a case's people; its id names the room at the sfu. */
export interface Call {
  callId: string;
  consultationId: string;
  startedAt: string;
  startedBy: string;
  endedAt: string | null;
}

/** How long a call rings at a window that opens later; after that the case itself shows that it is on. */
export const RING_MS = 180_000;

/** @param isStopped the person has answered or silenced this call in some window. */
export function ringsFor(call: Call, accountId: string, isStopped: boolean, at: Date): boolean {
  return (
    call.endedAt === null &&
    call.startedBy !== accountId &&
    !isStopped &&
    at.getTime() - Date.parse(call.startedAt) < RING_MS
  );
}
