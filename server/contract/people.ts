import { z } from 'zod';
import { PersonView, Role } from './account.ts';
import { ManagedAppointmentView } from './appointments.ts';
import { FacilityView } from './facility.ts';
import { MachineScope } from './machine.ts';
import { Login, MadeLink, PersonName } from './one-time-link.ts';
import { LicenceView } from './practitioner.ts';
import { Id, Instant } from './primitives.ts';

/** `invited`: has not chosen a password yet. */
export const PersonState = z.enum(['invited', 'active', 'disabled']);
export type PersonState = z.infer<typeof PersonState>;

/** What an administrator may do with a person now; computed by the server. `make-link`: invite once more, or reset the password; `propose-role`: one of the platform's three, which takes a second. */
export const PersonAction = z.enum(['edit', 'make-link', 'reset-factor', 'propose-role', 'disable', 'reactivate']);
export type PersonAction = z.infer<typeof PersonAction>;

/**
 * A person as administrators see them. To those who do not administer the account, but one of the person's appointments: as in that one,
 * and of the account itself nothing but its name and state.
 */
export const ManagedPersonView = PersonView.extend({
  login: z.string(),
  state: PersonState,
  /** Rises with every change; an edit names the one that it was made on. */
  revision: z.number().int(),
  signedInAt: Instant.nullable(),
  disabledAt: Instant.nullable(),
  /** Null as long as the account is not disabled, or where its operator gave none. */
  disabledReason: z.string().nullable(),
  /** Until when a link is good that has not been used; null: there is none. */
  linkExpiresAt: Instant.nullable(),
  /** Of the demo network: its password is public, and it stays as it is until all of them are ended. */
  isDemo: z.boolean(),
  /** Null: not the caller's to know. */
  hasSecondFactor: z.boolean().nullable(),
  /** At the facilities that the caller answers for, ended ones too. */
  appointments: z.array(ManagedAppointmentView),
  /** Whether the account itself is administered by the caller's facilities: its main appointment is at one of them. */
  isOurs: z.boolean(),
  /** The last time that an administrator took it off, and why. */
  factorReset: z.object({ at: Instant, reason: z.string() }).nullable(),
  /** Of those whose role is to practise medicine: how their licence stands; of others null. */
  licence: LicenceView.nullable(),
  actions: z.array(PersonAction),
});
export type ManagedPersonView = z.infer<typeof ManagedPersonView>;

const PersonData = z.object({
  name: PersonName,
  title: z.string().trim().max(64),
  role: Role,
  specialty: z
    .string()
    .trim()
    .max(64)
    .nullable()
    .transform((text) => text || null),
  facilityId: Id,
});

export const NewPersonInput = PersonData.extend({ login: Login });
export type NewPersonInput = z.infer<typeof NewPersonInput>;

export const PersonEditInput = PersonData.extend({ revision: z.number().int().positive() });
export type PersonEditInput = z.infer<typeof PersonEditInput>;

export const DisableInput = z.object({ reason: z.string().trim().max(1000) });
export type DisableInput = z.infer<typeof DisableInput>;

export const ResetFactorInput = z.object({ reason: z.string().trim().max(1000) });
export type ResetFactorInput = z.infer<typeof ResetFactorInput>;

/** A person, and the link that has just been made for them. It is not told again. */
export const PersonWithLink = z.object({ person: ManagedPersonView, link: MadeLink });
export type PersonWithLink = z.infer<typeof PersonWithLink>;

export const PeopleSort = z.enum(['name', 'login', 'role', 'signed-in']);
export type PeopleSort = z.infer<typeof PeopleSort>;

/** How a licence stands today, of those whose role is to practise medicine. `expiring`: valid, and for no more than 60 days. */
export const LicenceFilter = z.enum(['valid', 'expiring', 'expired', 'upcoming', 'unrecorded']);
export type LicenceFilter = z.infer<typeof LicenceFilter>;

export const MAX_PEOPLE_A_PAGE = 100;

export const PeopleQuery = z.object({
  /** Part of a name, in characters or pinyin, or of an account's name. */
  search: z.string().trim().max(64).optional(),
  role: Role.optional(),
  facilityId: Id.optional(),
  state: PersonState.optional(),
  /** Of those whose account the caller administers alone. */
  licence: LicenceFilter.optional(),
  sort: PeopleSort.default('name'),
  order: z.enum(['ascending', 'descending']).default('ascending'),
  page: z.coerce.number().int().positive().max(100_000).default(1),
  limit: z.coerce.number().int().min(1).max(MAX_PEOPLE_A_PAGE).default(20),
});
export type PeopleQuery = z.infer<typeof PeopleQuery>;

/** Which people a table that is exported holds. */
export const PeopleFilter = PeopleQuery.pick({
  search: true,
  role: true,
  facilityId: true,
  state: true,
  licence: true,
});
export type PeopleFilter = z.infer<typeof PeopleFilter>;

export const PeoplePage = z.object({ people: z.array(ManagedPersonView), total: z.number().int() });
export type PeoplePage = z.infer<typeof PeoplePage>;

/** What an administrator may choose from: the facilities they answer for, and the roles they may give there. */
export const PeopleChoices = z.object({
  facilities: z.array(FacilityView.extend({ specialties: z.array(z.string()), departments: z.array(z.string()) })),
  roles: z.array(Role),
  /** What they may let machines do there. */
  machineScopes: z.array(MachineScope),
});
export type PeopleChoices = z.infer<typeof PeopleChoices>;
