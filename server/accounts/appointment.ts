import type { AppointmentState, Role } from '../contract/index.ts';
import { chinaDate, endOfChinaDay } from '../patients/china-date.ts';

/** From when to when somebody is appointed. Days are China's. */
export interface AppointmentPeriod {
  /** The first day; null: it was always so, as far as is known. */
  fromDay: string | null;
  /** The last day; null: until further notice. */
  toDay: string | null;
  /** An administrator ended it before its time. */
  endedAt: string | null;
}

/** A role of one person at one facility, for a time. Everybody has a main one; an account is administered from there. */
export interface Appointment extends AppointmentPeriod {
  /** The main one bears the account's own id. */
  appointmentId: string;
  accountId: string;
  facilityId: string;
  /** One of the facility's departments; null: none was named. */
  department: string | null;
  role: Role;
  title: string;
  specialty: string | null;
  isMain: boolean;
  /** Rises with every change; of the main one it is the account's. */
  revision: number;
}

/** The main appointment stands in the account's own row: nobody can be without, or have two. */
export function mainOf(account: Omit<Appointment, 'appointmentId' | 'isMain'>): Appointment {
  const { accountId, facilityId, department, role, title, specialty, revision } = account;
  const { fromDay, toDay, endedAt } = account;
  const period = { fromDay, toDay, endedAt };
  return {
    appointmentId: accountId,
    accountId,
    facilityId,
    department,
    role,
    title,
    specialty,
    ...period,
    isMain: true,
    revision,
  };
}

export function isInForce({ fromDay, toDay, endedAt }: AppointmentPeriod, at: Date): boolean {
  const day = chinaDate(at);
  const isEnded = endedAt !== null && endedAt <= at.toISOString();
  return !isEnded && (fromDay === null || fromDay <= day) && (toDay === null || day <= toDay);
}

/** The first instant at which it is in force no more; null: that is open. */
export function endOf({ toDay, endedAt }: AppointmentPeriod): string | null {
  const runsOut = toDay === null ? null : endOfChinaDay(toDay).toISOString();
  if (endedAt === null || runsOut === null) return endedAt ?? runsOut;
  return endedAt < runsOut ? endedAt : runsOut;
}

/** How long after its end what was begun in an appointment may be finished. */
export const FINISHING_MS = 4 * 3_600_000;

/** Until when what was begun may be finished, where the appointment has run out; undefined where it has not, or was ended by somebody, or that is over. */
export function finishUntil(appointment: AppointmentPeriod, at: Date): Date | undefined {
  const end = endOf(appointment);
  if (end === null || appointment.endedAt !== null || end > at.toISOString()) return undefined;
  const until = new Date(Date.parse(end) + FINISHING_MS);
  return at < until ? until : undefined;
}

export function stateOf(appointment: AppointmentPeriod, at: Date): AppointmentState {
  if (isInForce(appointment, at)) return 'in-force';
  const end = endOf(appointment);
  return end !== null && end <= at.toISOString() ? 'ended' : 'upcoming';
}

export function rolesInForce(appointments: readonly Appointment[], at: Date): Role[] {
  return [...new Set(appointments.filter((one) => isInForce(one, at)).map(({ role }) => role))];
}

/** In which one a person begins: where they were last, else the first in force; undefined: there is none. */
export function chooseAppointment(
  appointments: readonly Appointment[],
  lastId: string | null,
  at: Date,
): Appointment | undefined {
  const inForce = appointments.filter((one) => isInForce(one, at));
  return inForce.find(({ appointmentId }) => appointmentId === lastId) ?? inForce[0];
}
