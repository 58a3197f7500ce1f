import type { Caller } from '../access/caller.ts';
import type { Grant } from '../access/grant.ts';
import { type Appointment, isInForce } from '../accounts/appointment.ts';
import { getPerson } from '../accounts/person.ts';
import { type AppointedActor, listActors } from '../cases/actors.ts';
import type { AnnounceParts } from '../cases/announce.ts';
import type { Consultation } from '../cases/consultation.ts';
import { listParticipantIds, toCallView } from '../cases/view.ts';
import type { Notice } from '../contract/index.ts';
import { maskName } from '../patients/patient.ts';
import type { Stores, Work } from '../store/stores.ts';
import { type Call, ringsFor } from './call.ts';

export interface RingParts extends AnnounceParts {
  work: Work<
    'accounts' | 'audit' | 'calls' | 'consents' | 'consultations' | 'facilities' | 'notices' | 'practitioners'
  >;
}

/** What rings at a window: a call of a case that it may see, or that one rings where the person works as well. */
export interface Rings {
  here: Notice<'call:rung'>[];
  elsewhere: Notice<'call:rung-elsewhere'>[];
}

/** What rings for a person who has just come online. */
export async function listRings({ work: { read } }: RingParts, caller: Caller, at: Date): Promise<Rings> {
  const { accountId } = caller;
  const calls = await read.calls.listAllActive();
  const consultations = await read.consultations.findMany(calls.map((one) => one.consultationId));
  const rings: Rings = { here: [], elsewhere: [] };
  for (const call of calls) {
    const consultation = consultations.find((one) => one.consultationId === call.consultationId);
    if (!consultation || !ringsFor(call, accountId, await read.calls.isRingStopped(call.callId, accountId), at))
      continue;
    const grants = await read.consultations.listGrants(call.consultationId);
    const own = (await listRung(read, grants, at)).filter((one) => one.accountId === accountId);
    if (own.some((one) => isWindowOf(one, caller))) rings.here.push(await toRing(read, call, consultation));
    // Whoever only finishes one case hears of no other.
    else if (caller.onlyCaseId === undefined)
      for (const actor of own) if (isWhole(actor)) rings.elsewhere.push(await toRingElsewhere(read, call, actor));
  }
  return rings;
}

/** The appointment has not run out: one may go on there. */
const isWhole = ({ onlyCaseId }: Pick<AppointedActor, 'onlyCaseId'>): boolean => onlyCaseId === undefined;

const isWindowOf = (actor: AppointedActor, caller: Caller): boolean =>
  actor.appointmentId === caller.appointmentId && actor.onlyCaseId === caller.onlyCaseId;

/** Rings at everybody who takes part but who called. */
export async function ringAll(parts: RingParts, call: Call, consultation: Consultation): Promise<void> {
  await ring(parts, call, consultation, ({ accountId }) => accountId !== call.startedBy);
}

/** Rings at somebody who was invited while the call was on. */
export async function ringInvited(parts: RingParts, consultationId: string, accountId: string): Promise<void> {
  const { read } = parts.work;
  const call = await read.calls.findActive(consultationId);
  const consultation = await read.consultations.find(consultationId);
  if (call && consultation) await ring(parts, call, consultation, (one) => one.accountId === accountId);
}

/** The call is over: nothing says any more that it rings at another place. */
export async function silenceElsewhere(
  { work, notify, clock }: RingParts,
  actors: readonly AppointedActor[],
  consultationId: string,
): Promise<void> {
  const others = [...(await listOtherPlaces(work.read, actors, clock())).values()].flat();
  notify.toAppointments(others, 'call:silenced', { consultationId });
}

async function ring(
  { work: { read }, notify, clock }: RingParts,
  call: Call,
  consultation: Consultation,
  isMeant: (actor: AppointedActor) => boolean,
): Promise<void> {
  const at = clock();
  const grants = await read.consultations.listGrants(call.consultationId);
  const actors = (await listRung(read, grants, at)).filter(isMeant);
  notify.toAppointments(actors, 'call:rung', await toRing(read, call, consultation));
  for (const [actor, others] of await listOtherPlaces(read, actors, at))
    if (others.length > 0 && isWhole(actor))
      notify.toAppointments(others, 'call:rung-elsewhere', await toRingElsewhere(read, call, actor));
}

async function listRung(
  stores: Pick<Stores, 'accounts' | 'practitioners'>,
  grants: readonly Grant[],
  at: Date,
): Promise<AppointedActor[]> {
  const taking = listParticipantIds(grants, at);
  return (await listActors(stores, grants, at)).filter(({ accountId }) => taking.includes(accountId));
}

/** Of each actor the appointments in force in which they do not see the case. */
async function listOtherPlaces(
  stores: Pick<Stores, 'accounts'>,
  actors: readonly AppointedActor[],
  at: Date,
): Promise<Map<AppointedActor, Appointment[]>> {
  const here = new Set(actors.map(({ appointmentId }) => appointmentId));
  const all = await stores.accounts.listAppointments([...new Set(actors.map(({ accountId }) => accountId))]);
  const others = all.filter((one) => isInForce(one, at) && !here.has(one.appointmentId));
  return new Map(actors.map((actor) => [actor, others.filter(({ accountId }) => accountId === actor.accountId)]));
}

async function toRing(
  stores: Pick<Stores, 'accounts' | 'facilities'>,
  call: Call,
  consultation: Consultation,
): Promise<Notice<'call:rung'>> {
  const by = await getPerson(stores, call.startedBy);
  return {
    consultationId: call.consultationId,
    caseNumber: consultation.caseNumber,
    patientLabel: maskName(consultation.patient.name),
    call: toCallView(call, new Map([[by.accountId, by]])),
    by,
  };
}

/** Who calls, and nothing of the patient: that is seen where the case is. */
async function toRingElsewhere(
  stores: Pick<Stores, 'accounts' | 'facilities'>,
  { consultationId, startedBy }: Call,
  { appointmentId }: AppointedActor,
): Promise<Notice<'call:rung-elsewhere'>> {
  return { consultationId, appointmentId, by: await getPerson(stores, startedBy) };
}
