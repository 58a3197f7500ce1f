import { z } from 'zod';
import { AppointmentView, Role } from './account.ts';
import { Login, PersonName } from './one-time-link.ts';
import { CalendarDate, Id, Instant } from './primitives.ts';

/** What an administrator may do with an appointment now; computed by the server. `end`: at once. `resume`: from now on, without end. */
export const AppointmentAction = z.enum(['edit', 'end', 'resume']);
export type AppointmentAction = z.infer<typeof AppointmentAction>;

/** `upcoming`: from a later day on. `ended`: its last day is past, or it was ended before. */
export const AppointmentState = z.enum(['upcoming', 'in-force', 'ended']);
export type AppointmentState = z.infer<typeof AppointmentState>;

/** An appointment as those see it who administer its facility. */
export const ManagedAppointmentView = AppointmentView.extend({
  /** The account is administered from there. */
  isMain: z.boolean(),
  state: AppointmentState,
  endedAt: Instant.nullable(),
  revision: z.number().int(),
  actions: z.array(AppointmentAction),
});
export type ManagedAppointmentView = z.infer<typeof ManagedAppointmentView>;

const shortText = z
  .string()
  .trim()
  .max(64)
  .nullable()
  .transform((text) => text || null);

const AppointmentData = z.object({
  /** One of the facility's. */
  department: shortText,
  role: Role,
  title: z.string().trim().max(64),
  specialty: shortText,
  fromDay: CalendarDate.nullable(),
  toDay: CalendarDate.nullable(),
});
const isInOrder = ({ fromDay, toDay }: { fromDay: string | null; toDay: string | null }) =>
  fromDay === null || toDay === null || fromDay <= toDay;
const IN_ORDER = { path: ['toDay'], message: 'ends before it begins' };

/** A further appointment of somebody who has an account; account and name have to fit, so that nobody is looked up by either. */
export const NewAppointmentInput = AppointmentData.extend({ login: Login, name: PersonName, facilityId: Id }).refine(
  isInOrder,
  IN_ORDER,
);
export type NewAppointmentInput = z.infer<typeof NewAppointmentInput>;

export const AppointmentEditInput = AppointmentData.extend({ revision: z.number().int().positive() }).refine(
  isInOrder,
  IN_ORDER,
);
export type AppointmentEditInput = z.infer<typeof AppointmentEditInput>;
