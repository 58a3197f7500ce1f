import type { Role } from '../contract/index.ts';
import type { Appointment } from './appointment.ts';

export interface AppointmentStore {
  /** All of these people, ended ones too: of each the main one first, then as they began. */
  listAppointments(accountIds: readonly string[]): Promise<Appointment[]>;
  /** As {@link listAppointments}, without the main ones: they stand in the accounts, for whoever has read those. */
  listFurther(accountIds: readonly string[]): Promise<Appointment[]>;
  findAppointment(appointmentId: string): Promise<Appointment | undefined>;
  /** Of active accounts, in force then, in these roles at the facility; by the people's names. */
  listAppointed(facilityId: string, roles: readonly Role[], at: Date): Promise<Appointment[]>;
  /** As {@link listAppointed}, in one role, wherever that is. */
  listAppointedAnywhere(role: Role, at: Date): Promise<Appointment[]>;
  /** One beside the main one. */
  insertAppointment(appointment: Omit<Appointment, 'isMain'>): Promise<void>;
  /** @returns whether the appointment, main or not, was still at its revision, which rises. */
  replaceAppointment(appointment: Appointment): Promise<boolean>;
  /** All at a facility go to another one, but those in this role. @returns which did, main ones too. */
  moveAppointments(
    fromFacilityId: string,
    toFacilityId: string,
    but: Role,
  ): Promise<Pick<Appointment, 'appointmentId' | 'accountId'>[]>;
}
