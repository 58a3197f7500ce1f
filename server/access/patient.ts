import { Failure, type PatientAction } from '../contract/index.ts';
import { actionsOn, type CaseStanding } from './may.ts';

/*
 * A patient has no grants of their own: what somebody may do with one follows from the cases of that patient that they may see, each
 * judged by may.ts.
 */

/** @param standings how the person stands to each case of the patient that they may see. */
export function patientActions(standings: readonly CaseStanding[]): PatientAction[] {
  return standings.some((one) => actionsOn(one).includes('reveal-patient')) ? ['reveal'] : [];
}

/** @throws Failure not-found to whoever sees no case of the patient, forbidden where the action is not theirs. */
export function requirePatientAction(action: PatientAction, standings: readonly CaseStanding[]): void {
  if (standings.length === 0) throw new Failure('not-found', 'no such patient');
  if (!patientActions(standings).includes(action)) throw new Failure('forbidden', `${action} is not allowed`);
}
