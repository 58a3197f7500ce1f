import type { PersonInRoom, SfuControl } from '../../sfu/control.ts';
import type { Caller } from '../access/caller.ts';
import { findBasis } from '../access/may.ts';
import type { Logger } from '../runtime/log.ts';
import type { Work } from '../store/stores.ts';

/** Whoever's right has ended is out of the room within this time, whatever ended it and wherever. */
const CHECK_MS = 1_000;

export interface WatchRoomsParts {
  work: Work<'calls' | 'consultations'>;
  clock: () => Date;
  sfu: Pick<SfuControl, 'listPeopleReached' | 'removePerson' | 'endRoom'>;
  /** Who stands behind these sessions now; those that have ended are left out. */
  findCallers(sessionIds: readonly string[]): Promise<Map<string, Caller>>;
  /** Those in halls: who may be there is for the demonstrations to say. */
  checkHalls(people: readonly PersonInRoom[], callers: ReadonlyMap<string, Caller>): Promise<void>;
  /** Those in the rooms of telephones, which are no calls of a case. @returns which of the rooms these are */
  checkPhones(people: readonly PersonInRoom[], callers: ReadonlyMap<string, Caller>): Promise<ReadonlySet<string>>;
  log: Logger;
  checkMs?: number;
}

/**
 * Compares who is in the sfu's rooms with who may be: signed in, with an account that is open, a call that is on and a grant on its case.
 * The sfu is told at once of most ends; this catches time running out, other processes' acts, and ends that it could not be told of.
 */
export function watchRooms({
  work,
  clock,
  sfu,
  findCallers,
  checkHalls,
  checkPhones,
  log,
  checkMs = CHECK_MS,
}: WatchRoomsParts): {
  close(): void;
} {
  const check = async (): Promise<void> => {
    const everybody = await sfu.listPeopleReached();
    if (everybody.length === 0) return;
    const callers = await findCallers(everybody.map(({ signInId }) => signInId));
    const ended = new Set(everybody.map(({ signInId }) => signInId).filter((signInId) => !callers.has(signInId)));
    for (const signInId of ended) await sfu.removePerson({ signInId });
    await checkHalls(
      everybody.filter(({ kind }) => kind === 'hall'),
      callers,
    );
    const inCalls = everybody.filter(({ kind }) => kind === 'call');
    const phones = await checkPhones(inCalls, callers);
    const people = inCalls.filter(({ roomId }) => !phones.has(roomId));
    const calls = await work.read.calls.findMany([...new Set(people.map(({ roomId }) => roomId))]);
    for (const roomId of new Set(people.map((one) => one.roomId))) {
      const call = calls.find(({ callId }) => callId === roomId);
      if (!call || call.endedAt !== null) await sfu.endRoom(roomId);
      else await checkRoom(call.consultationId, people, { roomId, callers });
    }
  };
  const checkRoom = async (
    consultationId: string,
    people: readonly PersonInRoom[],
    { roomId, callers }: { roomId: string; callers: Map<string, Caller> },
  ): Promise<void> => {
    const grants = await work.read.consultations.listGrants(consultationId);
    for (const person of people) {
      const caller = person.roomId === roomId ? callers.get(person.signInId) : undefined;
      if (caller && !findBasis(caller, grants, clock()))
        await sfu.removePerson({ roomId, accountId: person.accountId });
    }
  };

  let closed = false;
  let failing = false;
  let timer = setTimeout(run, checkMs);
  function run(): void {
    check()
      .then(
        () => {
          failing = false;
        },
        (err: unknown) => {
          // An outage is told once, not every second.
          if (!failing) log.warn({ err }, 'who is in the rooms could not be checked');
          failing = true;
        },
      )
      .finally(() => {
        if (!closed) timer = setTimeout(run, checkMs);
      });
  }
  return {
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
