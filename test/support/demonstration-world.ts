import { randomUUID } from 'node:crypto';
import type { DemonstrationState, Role, SeatHolder } from '../../server/contract/index.ts';
import { demoFacilityId } from '../../server/demo/facilities.ts';
import { demoFacilities } from '../../server/demo/network.ts';
import type { Demonstration } from '../../server/demonstrations/demonstration.ts';
import { type AddedPerson, enterPerson } from './add-person.ts';
import { submitCase } from './case-journey.ts';
import type { Client } from './client.ts';
import { signedConsent } from './signed-consent.ts';
import type { RunningServer } from './start-server.ts';

const MINUTE_MS = 60_000;
/** Where it takes place, and where the demo network's surgeon and coordinator are. */
export const HOME = demoFacilities.province.facilityId;
export const INVITED = demoFacilities.county.facilityId;
export const FOREIGN = demoFacilityId(25);

export type Entered = AddedPerson & { client: Client };

/** People around one operation, and the case of the patient who lies there. */
export interface DemonstrationWorld {
  server: RunningServer;
  surgeon: Client;
  coordinator: Client;
  surgeonId: string;
  coordinatorId: string;
  theatre: Entered;
  ethics: Entered;
  moderator: Entered;
  deputy: Entered;
  advocate: Entered;
  nurse: Entered;
  expert: Entered;
  /** Of the invited facility. */
  watcher: Entered;
  doctor: Client;
  /** With consent to teaching. */
  consultationId: string;
}

export async function openDemonstrationWorld(server: RunningServer): Promise<DemonstrationWorld> {
  const enter = (role: Role, facilityId: string) => enterPerson(server, role, facilityId);
  const surgeon = await server.signIn('surgeon');
  const coordinator = await server.signIn('coordinator');
  const doctor = await server.signIn('county-doctor');
  const idOf = async (client: Client) => (await client.call('session:read')).person.accountId;
  return {
    server,
    surgeon,
    coordinator,
    surgeonId: await idOf(surgeon),
    coordinatorId: await idOf(coordinator),
    theatre: await enter('surgeon', HOME),
    ethics: await enter('specialist', HOME),
    // Not of the house: a seat is a person's, whichever hospital they are at.
    moderator: await enter('specialist', FOREIGN),
    deputy: await enter('coordinator', FOREIGN),
    advocate: await enter('physician', HOME),
    nurse: await enter('physician', HOME),
    expert: await enter('surgeon', FOREIGN),
    watcher: await enter('trainee', INVITED),
    doctor,
    consultationId: await teachableCase(doctor),
  };
}

/** A case that was sent, whose patient consents to teaching and recording as well. */
export async function teachableCase(doctor: Client): Promise<string> {
  const consent = signedConsent('张建国', { scopes: ['consult', 'teach', 'record'] });
  return (await submitCase(doctor, { consent })).consultationId;
}

export function seatsOf(world: DemonstrationWorld): SeatHolder[] {
  const at = (seat: SeatHolder['seat'], { accountId, facilityId }: AddedPerson) => ({ seat, accountId, facilityId });
  return [
    at('theatre-signer', world.theatre),
    at('ethics-signer', world.ethics),
    at('moderator', world.moderator),
    at('deputy', world.deputy),
    at('advocate', world.advocate),
    at('nurse', world.nurse),
    at('expert', world.expert),
  ];
}

/** Whole but for what `changes` takes from it: signed from `approved` on, asked for before. */
export function wholePlan(
  world: DemonstrationWorld,
  state: DemonstrationState,
  changes: Partial<Demonstration> = {},
): Demonstration {
  const now = Date.now();
  const at = (ms: number) => new Date(now + ms).toISOString();
  const isSigned = state !== 'planned';
  const signed = (accountId: string) => (isSigned ? { accountId, at: at(0) } : null);
  return {
    demonstrationId: randomUUID(),
    state,
    version: 1,
    facilityId: HOME,
    surgeonId: world.surgeonId,
    createdBy: world.surgeonId,
    title: '胸腔镜肺段切除示教',
    procedure: '胸腔镜下右肺下叶背段切除术',
    description: '重点演示段间平面的辨认。',
    specialty: '04.05',
    room: '第三手术间',
    startsAt: at(30 * MINUTE_MS),
    endsAt: at(210 * MINUTE_MS),
    capacity: null,
    requiredPercent: 80,
    consultationId: world.consultationId,
    seats: seatsOf(world),
    audience: [{ kind: 'facility', id: INVITED }],
    materials: [],
    askedAt: at(0),
    sentBackReason: '',
    signOffs: { theatre: signed(world.theatre.accountId), ethics: signed(world.ethics.accountId) },
    enrolmentClosedAt: null,
    reason: '',
    createdAt: at(0),
    changedAt: at(0),
    beganAt: state === 'live' || state === 'ended' ? at(0) : null,
    endedAt: state === 'ended' ? at(0) : null,
    assessment: null,
    credit: null,
    ...changes,
  };
}

/** As {@link wholePlan}, there. */
export async function placeDemonstration(
  world: DemonstrationWorld,
  state: DemonstrationState,
  changes: Partial<Demonstration> = {},
): Promise<Demonstration> {
  const demonstration = wholePlan(world, state, changes);
  await world.server.database.write((stores) => stores.demonstrations.insert(demonstration));
  return demonstration;
}

export async function enrolIn(world: DemonstrationWorld, demonstrationId: string, person: AddedPerson): Promise<void> {
  const { accountId, facilityId } = person;
  await world.server.database.write((stores) =>
    stores.demonstrations.putEnrolment({
      demonstrationId,
      accountId,
      facilityId,
      appointmentId: accountId,
      enrolledAt: new Date().toISOString(),
      withdrawnAt: null,
    }),
  );
}

/** A presence check that may be answered now; it has the demonstration's id. */
export async function askCheck({ database }: RunningServer, demonstrationId: string): Promise<void> {
  const now = new Date().toISOString();
  await database.write(({ presenceChecks }) =>
    presenceChecks.insertNew({ checkId: demonstrationId, demonstrationId, slot: 0, dueAt: now, askedAt: now }),
  );
}

/** A recording with a replay that nothing was cut from. */
export async function placeRecording({ database }: RunningServer, demonstrationId: string): Promise<void> {
  const at = new Date().toISOString();
  const by = randomUUID();
  const ends = { stoppedAt: null, sealedAt: null, fault: null };
  const opened = { openedBy: by, openedAt: at, publishedBy: null, publishedAt: null };
  await database.write(async ({ recordings }) => {
    await recordings.insert({ recordingId: randomUUID(), demonstrationId, startedBy: by, startedAt: at, ...ends });
    await recordings.putReplay({
      demonstrationId,
      cutParts: [],
      maskedParts: [],
      leftOutQuestions: [],
      chapters: [],
      ...opened,
    });
  });
}
