import type { Grant } from '../access/grant.ts';
import { type Actor, actionsOn, findBasis } from '../access/may.ts';
import { findPeople } from '../accounts/person.ts';
import type { ConsultationSummary, ExaminationLabel, PersonView } from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import { ageYears, maskName } from '../patients/patient.ts';
import type { Stores } from '../store/stores.ts';
import { partiesOf } from './actors.ts';
import type { Consultation } from './consultation.ts';
import { stateRulesOf } from './kinds/case-kinds.ts';
import { asSent } from './parties.ts';

/** Everything that lines of the work list are made of, whoever reads them. */
export interface SummarySource {
  consultation: Consultation;
  /** Of this case; the reader's are enough. */
  grants: readonly Grant[];
  callActive: boolean;
  people: ReadonlyMap<string, PersonView>;
  examinations: ExaminationLabel[];
  /** The requester reads the names of their own patients: in an answer to them, never in a notice. */
  namesOwn?: boolean;
}

export function toSummary(source: SummarySource, actor: Actor, at: Date): ConsultationSummary {
  const { consultation, grants, callActive, people, examinations, namesOwn = false } = source;
  const actions = actionsOn({ actor, consultation, grants, facts: { callActive }, at });
  const { awaiting, waitsFor, since = 'changedAt' } = stateRulesOf(consultation);
  const requester = people.get(consultation.requesterId);
  const specialist = consultation.specialistId === null ? undefined : people.get(consultation.specialistId);
  return {
    consultationId: consultation.consultationId,
    caseNumber: consultation.caseNumber,
    state: consultation.state,
    awaiting,
    since: consultation[since] ?? consultation.changedAt,
    urgency: consultation.urgency,
    patientLabel:
      namesOwn && findBasis(actor, grants, at) === 'requester'
        ? consultation.patient.name
        : maskName(consultation.patient.name),
    patientSex: consultation.patient.sex,
    patientAgeYears:
      ageYears(consultation.patient.birthDate, chinaDate(at)) ?? consultation.patient.papers?.estimatedAgeYears ?? null,
    wantedSpecialty: consultation.wantedSpecialty,
    kind: consultation.kind,
    diagnosisLabel: consultation.diagnosis[0]?.display ?? '',
    examinations,
    requesterName: requester?.name ?? '',
    requesterFacilityName: requester ? asSent(consultation, requester).facilityName : '',
    specialistName: specialist?.name ?? null,
    callActive,
    submittedAt: consultation.submittedAt,
    changedAt: consultation.changedAt,
    needsMe: waitsFor.some((action) => actions.includes(action)),
    actions,
  };
}

/** The lines of one person's work list. */
export async function toSummaries(
  stores: Pick<Stores, 'accounts' | 'calls' | 'consultations' | 'facilities'>,
  consultations: Consultation[],
  actor: Actor,
  at: Date,
  { namesOwn = false }: { namesOwn?: boolean } = {},
): Promise<ConsultationSummary[]> {
  const consultationIds = consultations.map((one) => one.consultationId);
  const grants = await stores.consultations.listGrantsOfAccount(actor.accountId, consultationIds);
  const calls = await stores.calls.listActive(consultationIds);
  const people = await findPeople(stores, consultations.flatMap(partiesOf));
  const examinations = await stores.consultations.listExaminations(consultationIds);
  const active = new Set(calls.map((call) => call.consultationId));
  return consultations.map((consultation) =>
    toSummary(
      {
        consultation,
        grants: grants.filter((one) => one.consultationId === consultation.consultationId),
        callActive: active.has(consultation.consultationId),
        people,
        examinations: examinations.get(consultation.consultationId) ?? [],
        namesOwn,
      },
      actor,
      at,
    ),
  );
}
