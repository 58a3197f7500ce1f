import type { Caller } from '../access/caller.ts';
import { type Grant, isActive } from '../access/grant.ts';
import { accessEnd, actionsOn, listRemovable } from '../access/may.ts';
import { findPeople } from '../accounts/person.ts';
import type {
  CallView,
  ConsultationAction,
  ConsultationView,
  GrantBasis,
  HandOver,
  PatientView,
  PersonView,
} from '../contract/index.ts';
import { Failure } from '../contract/index.ts';
import { toFacilityView } from '../facilities/facility.ts';
import { openPatient } from '../patients/patient.ts';
import type { FieldSeal } from '../patients/seal.ts';
import type { Stores } from '../store/stores.ts';
import { partiesOf, placesOf } from './actors.ts';
import type { Consultation, StoredHandOver } from './consultation.ts';
import { comesTo, rulesOf, stateRulesOf } from './kinds/case-kinds.ts';
import { asSent } from './parties.ts';
import type { CaseConsents, CaseMaterials } from './parts.ts';
import { stopsOf } from './stops.ts';

/** Those who take part in the case itself, in the order in which they are named; coordinators attend to it from outside. */
const PARTICIPANT_BASES: readonly GrantBasis[] = ['requester', 'assignment', 'invitation'];

export function listParticipantIds(grants: readonly Grant[], at: Date): string[] {
  return [
    ...new Set(
      PARTICIPANT_BASES.flatMap((basis) =>
        grants.filter((one) => one.basis === basis && isActive(one, at)).map((one) => one.accountId),
      ),
    ),
  ];
}

export interface ViewParts {
  seal: FieldSeal;
  materials: CaseMaterials;
  consents: CaseConsents;
}

/** The case as the caller sees it. Whether they may see it is decided before. */
export async function toConsultationView(
  { seal, materials, consents }: ViewParts,
  stores: Stores,
  consultation: Consultation,
  caller: Caller,
  at: Date,
): Promise<ConsultationView> {
  const { consultationId, invitedFacilityId, requesterId, specialistId, submittedAt, kindChange, handOver } =
    consultation;
  const grants = await stores.consultations.listGrants(consultationId);
  const call = await stores.calls.findActive(consultationId);
  const people = await findPeople(stores, listNamedIds(consultation, grants, call));
  const facility = invitedFacilityId === null ? undefined : await stores.facilities.find(invitedFacilityId);
  const standing = { actor: caller, consultation, grants, facts: { callActive: call !== undefined }, at };
  const actions = actionsOn(standing);
  const person = (accountId: string) => asSent(consultation, personOf(people, accountId));
  const report = await stores.reports.findHead(consultationId);
  const acknowledgement = report && (await stores.reports.findAcknowledgement(report.reportId));
  const { awaiting, interruption = null } = stateRulesOf(consultation);
  return {
    ...asStored(consultation),
    awaiting,
    interruption,
    stops: stopsOf(consultation, {
      requesterName: personOf(people, requesterId).name,
      specialistName: specialistId === null ? null : personOf(people, specialistId).name,
      callActive: call !== undefined,
      acknowledgedAt: acknowledgement?.acknowledgedAt ?? null,
    }),
    patient: toPatientView(seal, consultation, actions),
    kindChange: kindChange && {
      reason: kindChange.reason,
      by: personOf(people, kindChange.accountId),
      at: kindChange.at,
    },
    handOver: handOver && toHandOver(handOver, people),
    meeting: rulesOf(consultation).meeting,
    ...(await consents.view(stores, consultationId)),
    requester: person(requesterId),
    invitedFacility: consultation.parties?.invited ?? (facility ? toFacilityView(facility) : null),
    specialist: specialistId === null ? null : person(specialistId),
    participants: listParticipantIds(grants, at)
      .filter((accountId) => people.has(accountId))
      .map(person),
    removableIds: listRemovable(standing),
    accessEndsAt: accessEnd(caller, grants, at),
    materials: await materials.list(stores, consultationId, openPatient(seal, consultation.patient, consultationId)),
    call: call ? toCallView(call, people) : null,
    // Before the submission nobody has been asked who could start one.
    callAhead: submittedAt !== null && comesTo(consultation, 'start-call'),
    reportId: report?.reportId ?? null,
    reportVersion: report?.version ?? null,
    actions,
  };
}

/** Accounts that the view names. */
function listNamedIds(consultation: Consultation, grants: readonly Grant[], call: CaseCall | undefined) {
  const { kindChange, handOver } = consultation;
  return [
    ...partiesOf(consultation),
    ...placesOf(grants),
    ...(call ? [call.startedBy] : []),
    ...(kindChange ? [kindChange.accountId] : []),
    ...(handOver ? [handOver.fromAccountId, ...(handOver.byAccountId === null ? [] : [handOver.byAccountId])] : []),
  ];
}

/** What everybody who sees the case sees as it is kept. */
function asStored(consultation: Consultation) {
  const { consultationId, caseNumber, state, version, kind, consent, terms, reason, amendment } = consultation;
  const { question, historySummary, diagnosis, wantedSpecialty, urgency } = consultation;
  const { createdAt, submittedAt, acceptedAt, metAt, issuedAt, changedAt } = consultation;
  return {
    ...{ consultationId, caseNumber, state, version, kind, consent, terms, reason, amendment },
    ...{ question, historySummary, diagnosis, wantedSpecialty, urgency },
    ...{ createdAt, submittedAt, acceptedAt, metAt, issuedAt, changedAt },
  };
}

/** Masked for everyone, but for the requester who is typing it: stars cannot be corrected. */
function toPatientView(seal: FieldSeal, consultation: Consultation, actions: ConsultationAction[]): PatientView {
  const { consultationId, patient, patientId } = consultation;
  if (actions.includes('edit')) return { patientId, ...openPatient(seal, patient, consultationId) };
  const { name, sex, birthDate, maskedIdNumber, maskedPhone, papers, guardian } = patient;
  return {
    patientId,
    name,
    sex,
    birthDate,
    idNumber: maskedIdNumber,
    phone: maskedPhone,
    ...(papers && { papers }),
    ...(guardian && {
      guardian: { name: guardian.name, relation: guardian.relation, phone: guardian.maskedPhone },
    }),
  };
}

function toHandOver(
  { fromAccountId, byAccountId, cause = 'licence', reason, at }: StoredHandOver,
  people: ReadonlyMap<string, PersonView>,
): HandOver {
  const by = byAccountId === null ? null : personOf(people, byAccountId);
  return { from: personOf(people, fromAccountId), by, cause: by ? null : cause, reason, at };
}

/** A call of the case, as `server/call` keeps it. */
type CaseCall = Omit<CallView, 'startedBy'> & { startedBy: string };

export function toCallView(call: CaseCall, people: ReadonlyMap<string, PersonView>): CallView {
  const { callId, startedAt, startedBy, endedAt } = call;
  return { callId, startedAt, startedBy: personOf(people, startedBy), endedAt };
}

function personOf(people: ReadonlyMap<string, PersonView>, accountId: string): PersonView {
  const person = people.get(accountId);
  if (!person) throw new Failure('internal', 'internal error', { cause: new Error(`no account ${accountId}`) });
  return person;
}
