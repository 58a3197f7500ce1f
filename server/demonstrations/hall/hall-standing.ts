import type { Caller } from '../../access/caller.ts';
import {
  type DemonstrationStanding,
  demonstrationActions,
  requireDemonstrationAction,
} from '../../access/demonstrations.ts';
import { Failure } from '../../contract/index.ts';
import type { Work } from '../../store/stores.ts';
import type { Demonstration } from '../demonstration.ts';
import { NOT_ASKED } from '../rules/guards.ts';

/** How anybody stands to a demonstration, as far as their place in its hall follows from it. */
export type HallStanding = (caller: Caller) => DemonstrationStanding;

/** Asked once for all who are there: invitations, gaps and administration do not count in a hall. */
export async function findHallStanding(
  { demonstrations }: Pick<Work<'demonstrations'>['read'], 'demonstrations'>,
  demonstration: Demonstration,
  at: Date,
): Promise<HallStanding> {
  const enrolments = await demonstrations.listEnrolments(demonstration.demonstrationId);
  const enrolled = new Set(
    enrolments.flatMap(({ withdrawnAt, accountId, facilityId }) =>
      withdrawnAt === null ? [`${accountId} ${facilityId}`] : [],
    ),
  );
  return (actor) =>
    standingInHall(actor, demonstration, { isEnrolled: enrolled.has(`${actor.accountId} ${actor.facilityId}`), at });
}

/**
 * That the caller may be in the hall now, by two short reads: it is asked for each fragment of each of a thousand watchers.
 * @throws Failure not-found to whoever has no place in it, forbidden, conflict where it is not open to them
 */
export async function requireInHall(
  { demonstrations }: Pick<Work<'demonstrations'>['read'], 'demonstrations'>,
  caller: Caller,
  demonstrationId: string,
  at: Date,
): Promise<Demonstration> {
  const demonstration = await demonstrations.find(demonstrationId);
  if (!demonstration) throw new Failure('not-found', 'no such demonstration');
  const isEnrolled = (await demonstrations.listEnrolledIn(caller, [demonstrationId])).has(demonstrationId);
  requireDemonstrationAction('join-hall', standingInHall(caller, demonstration, { isEnrolled, at }));
  return demonstration;
}

function standingInHall(
  actor: Caller,
  demonstration: Demonstration,
  { isEnrolled, at }: { isEnrolled: boolean; at: Date },
): DemonstrationStanding {
  const facts = {
    gaps: [],
    enrolledCount: 0,
    hallReady: true,
    isRecordConsented: false,
    isRecorded: false,
    ...NOT_ASKED,
    at,
  };
  return {
    actor,
    demonstration,
    isEnrolled,
    isInvited: false,
    administersEnrolled: false,
    administersHome: false,
    facts,
  };
}

/** A window that has entered, and who stands behind it now. */
export interface EnteredWindow {
  windowId: string;
  demonstrationId: string;
  caller: Caller;
}

/** Those of the windows whose people may not be in the demonstration any more, whoever took them out and on whichever server. */
export async function findForeignWindows(
  { read }: Pick<Work<'demonstrations'>, 'read'>,
  windows: readonly EnteredWindow[],
  at: Date,
): Promise<EnteredWindow[]> {
  const ids = [...new Set(windows.map(({ demonstrationId }) => demonstrationId))];
  if (ids.length === 0) return [];
  const demonstrations = await read.demonstrations.findMany(ids);
  const foreign: EnteredWindow[] = [];
  for (const id of ids) {
    const demonstration = demonstrations.find(({ demonstrationId }) => demonstrationId === id);
    const standing = demonstration && (await findHallStanding(read, demonstration, at));
    foreign.push(
      ...windows.filter(
        ({ demonstrationId, caller }) =>
          demonstrationId === id && !(standing && demonstrationActions(standing(caller)).includes('enter')),
      ),
    );
  }
  return foreign;
}
