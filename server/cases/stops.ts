import type { CaseStop, Interruption } from '../contract/index.ts';
import type { Consultation } from './consultation.ts';
import { rulesOf, stateRulesOf } from './kinds/case-kinds.ts';

const STOP_OF: Record<Interruption, CaseStop['name']> = {
  'sent-back': 'supplement',
  'turned-down': 'declined',
  'taken-back': 'cancelled',
};

export interface StopFacts {
  requesterName: string;
  specialistName: string | null;
  callActive: boolean;
  /** Of the valid report. */
  acknowledgedAt: string | null;
}

/** The way of a case, from its application to its acknowledgement. A case that is closed before ends there and shows nothing ahead. */
export function stopsOf(consultation: Consultation, facts: StopFacts): CaseStop[] {
  const { createdAt, submittedAt, acceptedAt, metAt, issuedAt, changedAt } = consultation;
  const { requesterName, specialistName, callActive, acknowledgedAt } = facts;
  const stop = (name: CaseStop['name'], at: string | null, by: string | null): CaseStop => ({
    name,
    at,
    by,
    status: at === null ? 'ahead' : 'done',
  });
  // Where nobody need meet it is part of the way only once somebody does.
  const showsMeeting = rulesOf(consultation).meeting === 'needed' || metAt !== null || callActive;
  const meeting = stop('consulted', metAt, null);
  const way = [
    stop('created', createdAt, requesterName),
    stop('submitted', submittedAt, requesterName),
    stop('accepted', acceptedAt, specialistName),
    ...(showsMeeting ? [callActive ? { ...meeting, status: 'now' as const } : meeting] : []),
    stop('issued', issuedAt, specialistName),
    stop('acknowledged', acknowledgedAt, requesterName),
  ];
  const { interruption, isClosed } = stateRulesOf(consultation);
  if (!interruption) return way;
  const halt: CaseStop = { name: STOP_OF[interruption], at: changedAt, by: null, status: 'stopped' };
  if (isClosed) return [...way.filter(({ status }) => status === 'done'), halt];
  const ahead = way.findIndex(({ status }) => status === 'ahead');
  return [...way.slice(0, ahead), halt, ...way.slice(ahead)];
}
