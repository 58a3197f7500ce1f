import { Failure, type PatientAction } from '../contract/index.ts';
import { actionsOn, type CaseStanding, findBasis } from './may.ts';

/*
 * A patient has no grants of their own: what somebody may do with one follows from the cases of that patient that they may see, each
 * judged by may.ts.
 */

const RULES: Record<PatientAction, (standing: CaseStanding) => boolean> = {
  reveal: (standing) => actionsOn(standing).includes('reveal-patient'),
  'read-ledger': answersForPatient,
  merge: answersForPatient,
  'add-identifier': answersForPatient,
};

/** Whoever asked for the case, and the coordinators of their hospital: the patient is theirs, and comes to them. */
function answersForPatient({ actor, consultation, grants, at }: CaseStanding): boolean {
  const basis = findBasis(actor, grants, at);
  return basis === 'requester' || (basis === 'coordination' && actor.facilityId === consultation.requesterFacilityId);
}

/** @param standings how the person stands to each case of the patient that they may see. */
export function patientActions(standings: readonly CaseStanding[]): PatientAction[] {
  return (Object.keys(RULES) as PatientAction[]).filter((action) => standings.some(RULES[action]));
}

/** @throws Failure not-found to whoever sees no case of the patient, forbidden where the action is not theirs. */
export function requirePatientAction(action: PatientAction, standings: readonly CaseStanding[]): void {
  if (standings.length === 0) throw new Failure('not-found', 'no such patient');
  if (!standings.some(RULES[action])) throw new Failure('forbidden', `${action} is not allowed`);
}
