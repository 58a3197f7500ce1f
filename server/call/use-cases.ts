import { randomUUID } from 'node:crypto';
import { requireMedia, type SfuControl } from '../../sfu/control.ts';
import type { RoomTokenGrant } from '../../sfu/room-token.ts';
import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { getPerson } from '../accounts/person.ts';
import { recordAct } from '../audit/record.ts';
import { listActors, listFormerActors } from '../cases/actors.ts';
import { announce } from '../cases/announce.ts';
import { getCaseFor } from '../cases/case-access.ts';
import { toCallView } from '../cases/view.ts';
import { type CallTicket, type CallView, Failure } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import type { Call } from './call.ts';
import { type RingParts, ringAll, silenceElsewhere } from './rings.ts';
import { issueRoomTicket, type TicketParts } from './ticket.ts';

export interface CallParts extends RingParts, Omit<TicketParts, 'work'> {
  sfu: Pick<SfuControl, 'endRoom' | 'removePerson' | 'readiness'>;
}

/**
 * Starts the case's call, or gives the one that is on. It becomes the meeting of the two sides once both are in it, see meeting.ts.
 * Everyone else who takes part is rung, wherever they are in the application: so not before there is a room to come to.
 * @throws Failure not-found, forbidden, conflict; unavailable / media-preparing, media-failed
 */
export async function startCall(parts: CallParts, asked: Asked, consultationId: string): Promise<CallView> {
  const { caller, at } = asked;
  const { call, isNew, consultation } = await parts.work.write(async (stores) => {
    // Whoever presses the button second in the same moment waits here, and then finds the first one's call.
    await stores.consultations.findForUpdate(consultationId);
    const active = await stores.calls.findActive(consultationId);
    const action = active ? 'join-call' : 'start-call';
    const { consultation: stored } = await getCaseFor(stores, caller, consultationId, action, { at, lock: true });
    requireMedia(parts.sfu.readiness());
    if (active) return { call: active, isNew: false, consultation: stored };
    const started = newCall(consultationId, caller, at);
    await stores.calls.insertActive(started);
    await recordAct(stores.audit, asked, {
      action: 'call:start',
      subjectKind: 'call',
      subjectId: started.callId,
      consultationId,
    });
    return { call: started, isNew: true, consultation: stored };
  });
  if (isNew) {
    await announce(parts, { consultationId });
    await ringAll(parts, call, consultation);
  }
  return viewOf(parts, call);
}

/** @throws Failure not-found, forbidden; conflict where no call is on; unavailable / media-preparing, media-failed */
export async function issueTicket(parts: CallParts, asked: Asked, consultationId: string): Promise<CallTicket> {
  const { caller, at } = asked;
  const { read } = parts.work;
  const { basis } = await getCaseFor(read, caller, consultationId, 'join-call', { at });
  const call = await getActive(read, consultationId);
  requireMedia(parts.sfu.readiness());
  const mayPublish: RoomTokenGrant['mayPublish'] =
    basis === 'coordination' ? ['audio', 'video'] : ['audio', 'video', 'screen'];
  const ticket = await issueRoomTicket(parts, asked, { roomId: call.callId, mayPublish });
  await parts.work.write(async (stores) => {
    await stores.calls.stopRing(call.callId, caller.accountId, at.toISOString());
    await stores.accounts.noteCall(caller.sessionId, call.callId);
    await recordAct(stores.audit, asked, {
      action: 'call:join',
      subjectKind: 'call',
      subjectId: call.callId,
      consultationId,
    });
  });
  parts.notify.toAccounts([caller.accountId], 'call:silenced', { consultationId });
  return ticket;
}

/** Ends the call for everyone. */
export async function endCall(parts: CallParts, asked: Asked, consultationId: string): Promise<CallView> {
  const { caller, at } = asked;
  const endedAt = at.toISOString();
  const call = await parts.work.write(async (stores) => {
    await getCaseFor(stores, caller, consultationId, 'end-call', { at, lock: true });
    const active = await getActive(stores, consultationId);
    await stores.calls.end(active.callId, endedAt);
    await recordAct(stores.audit, asked, {
      action: 'call:end',
      subjectKind: 'call',
      subjectId: active.callId,
      consultationId,
    });
    return { ...active, endedAt };
  });
  // Side by side: the people in the room need not wait for the notices, nor the others for the sfu.
  const [view] = await Promise.all([tellEnded(parts, call), endRoom(parts, call)]);
  return view;
}

/**
 * The call was ended by what became of its case. Call it after that is committed.
 * @param formerAccountIds who does not see the case any more: their windows are told as well.
 */
export async function closeCall(
  parts: CallParts,
  { call, formerAccountIds }: { call: Call; formerAccountIds: readonly string[] },
): Promise<void> {
  await Promise.all([tellEnded(parts, call, formerAccountIds), endRoom(parts, call)]);
}

async function tellEnded(parts: CallParts, call: Call, formerAccountIds: readonly string[] = []): Promise<CallView> {
  const { consultationId } = call;
  const view = await viewOf(parts, call);
  const grants = await parts.work.read.consultations.listGrants(consultationId);
  const at = parts.clock();
  const former = await listFormerActors(parts.work.read, grants, { accountIds: formerAccountIds, at });
  const actors = [...(await listActors(parts.work.read, grants, at)), ...former];
  parts.notify.toAppointments(actors, 'call:ended', { consultationId, call: view });
  await silenceElsewhere(parts, actors, consultationId);
  await announce(parts, { consultationId });
  return view;
}

/**
 * Takes somebody out of the case's running call, at once: their right to the case has ended. Call it after that is committed; where the
 * sfu cannot be reached, {@link watchRooms} does it later.
 */
export async function removeFromCall(
  { work, sfu, log }: Pick<CallParts, 'work' | 'sfu' | 'log'>,
  { consultationId, accountId }: { consultationId: string; accountId: string },
): Promise<void> {
  const call = await work.read.calls.findActive(consultationId);
  if (!call) return;
  try {
    await sfu.removePerson({ roomId: call.callId, accountId });
  } catch (err) {
    log.warn({ err, consultationId, accountId }, 'the sfu could not be told that a person may not stay');
  }
}

async function endRoom({ sfu, log }: CallParts, { callId, consultationId }: Call): Promise<void> {
  try {
    await sfu.endRoom(callId);
  } catch (err) {
    // The call is over as far as everyone is told, and windows leave by that; the room closes when the last has left.
    log.warn({ err, consultationId }, 'the sfu could not be told that a call ended');
  }
}

/** This person will not come now: none of their windows goes on ringing. */
export async function silenceCall(parts: CallParts, asked: Asked, consultationId: string): Promise<void> {
  const { caller, at } = asked;
  const { read } = parts.work;
  const call = await read.calls.findActive(consultationId);
  if (call) {
    await getCaseFor(read, caller, consultationId, 'join-call', { at });
    await parts.work.write((stores) => stores.calls.stopRing(call.callId, caller.accountId, at.toISOString()));
  }
  parts.notify.toAccounts([caller.accountId], 'call:silenced', { consultationId });
}

async function viewOf({ work }: CallParts, call: Call): Promise<CallView> {
  const by = await getPerson(work.read, call.startedBy);
  return toCallView(call, new Map([[by.accountId, by]]));
}

/** @throws Failure conflict / state-not-allowed where no call is on. */
async function getActive(stores: Pick<Stores, 'calls'>, consultationId: string): Promise<Call> {
  const call = await stores.calls.findActive(consultationId);
  if (!call) throw new Failure('conflict', 'no call is on', { reason: 'state-not-allowed' });
  return call;
}

function newCall(consultationId: string, caller: Caller, at: Date): Call {
  return {
    callId: randomUUID(),
    consultationId,
    startedAt: at.toISOString(),
    startedBy: caller.accountId,
    endedAt: null,
  };
}
