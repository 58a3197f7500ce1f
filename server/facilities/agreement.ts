import type { AgreedService, AgreementSide, AgreementState, ResponseTimes } from '../contract/index.ts';
import { endOfChinaDay, startOfChinaDay } from '../patients/china-date.ts';

export interface StoredSignature {
  accountId: string;
  at: string;
}

/** The contract between two facilities without which no case may be sent. */
export interface Agreement {
  agreementId: string;
  /** The side that asks. */
  invitingFacilityId: string;
  /** The side that answers. */
  invitedFacilityId: string;
  /** It is valid from this instant until before `validTo`. */
  validFrom: string;
  validTo: string;
  services: AgreedService[];
  /** null where the usual times hold. */
  responseTimes: ResponseTimes;
  liabilityText: string;
  /** One that was agreed before there were signatures counts as signed: its side is `true`. */
  signatures: Record<AgreementSide, StoredSignature | true | null>;
  signedCopy: { sha256: string; sizeBytes: number; name: string } | null;
  predecessorId: string | null;
  /** Before its time. */
  endedAt: string | null;
  endReason: string;
  version: number;
  changedAt: string;
}

export const NO_RESPONSE_TIMES: ResponseTimes = {
  emergency: { acceptMin: null, answerMin: null },
  urgent: { acceptMin: null, answerMin: null },
  routine: { acceptMin: null, answerMin: null },
};

/** A period of time: from `from`, until before `to`; both ISO 8601 in UTC. */
export interface Period {
  from: string;
  to: string;
}

/** Days in China, both included, as the instants between which they lie. */
export function periodOfDays(fromDay: string, toDay: string): Period {
  return { from: startOfChinaDay(fromDay).toISOString(), to: endOfChinaDay(toDay).toISOString() };
}

/** When it is valid; an end before its time counts. */
export function periodOf({ validFrom, validTo, endedAt }: Agreement): Period {
  return { from: validFrom, to: endedAt !== null && endedAt < validTo ? endedAt : validTo };
}

export const isEmpty = ({ from, to }: Period): boolean => to <= from;
export const covers = ({ from, to }: Period, instant: string): boolean => from <= instant && instant < to;
/** Whether some instant lies in both. */
export const overlap = (one: Period, other: Period): boolean =>
  !isEmpty(one) && !isEmpty(other) && one.from < other.to && other.from < one.to;

export function isSigned({ signatures }: Pick<Agreement, 'signatures'>): boolean {
  return signatures.inviting !== null && signatures.invited !== null;
}

export function stateOf(agreement: Agreement, at: Date): AgreementState {
  const instant = at.toISOString();
  const { from, to } = periodOf(agreement);
  if (!isSigned(agreement)) return 'draft';
  if (agreement.endedAt !== null && instant >= agreement.endedAt) return 'ended';
  if (instant < from) return 'upcoming';
  return instant < to ? 'valid' : 'expired';
}

export const isValid = (agreement: Agreement, at: Date): boolean => stateOf(agreement, at) === 'valid';

const DAY_MS = 24 * 3_600_000;

/** Whole days until it ends, rounded up: 0 on no day on which it is valid. */
export function daysLeft(agreement: Agreement, at: Date): number {
  return Math.max(0, Math.ceil((Date.parse(periodOf(agreement).to) - at.getTime()) / DAY_MS));
}

/** Days before its end on which both sides' administrators are told. */
export const REMINDER_DAYS = [60, 30, 7] as const;
export type ReminderDays = (typeof REMINDER_DAYS)[number];

/** The nearest of the reminders that are due; a server that was down on the day itself still tells. undefined: none is due. */
export function dueReminder(agreement: Agreement, at: Date): ReminderDays | undefined {
  if (!isValid(agreement, at)) return undefined;
  const left = daysLeft(agreement, at);
  return REMINDER_DAYS.filter((days) => left <= days).at(-1);
}
