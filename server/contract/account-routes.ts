import { z } from 'zod';
import { ChangePasswordInput, OwnSessionView, SignInEventView } from './account.ts';
import { AccountSecurityQuery, AccountSecurityView } from './account-security.ts';
import { AppointmentEditInput, NewAppointmentInput } from './appointments.ts';
import { HistoryEntry, HistoryQuery } from './history.ts';
import { MachineView, MadeMachine, NewMachineInput } from './machine.ts';
import { FoundInput, OneTimeLinkDetail, OneTimeSecret, SetPasswordInput } from './one-time-link.ts';
import {
  DisableInput,
  ManagedPersonView,
  NewPersonInput,
  PeopleChoices,
  PeoplePage,
  PeopleQuery,
  PersonEditInput,
  PersonWithLink,
  ResetFactorInput,
} from './people.ts';
import { PractitionerInput, PractitionerView } from './practitioner.ts';
import { Empty, Id } from './primitives.ts';
import { route } from './route.ts';
import {
  AddFactorInput,
  FactorProof,
  ProvenInput,
  RecoveryCodes,
  SecondFactorView,
  TotpCode,
  TotpSetup,
} from './second-factor.ts';
import {
  SecurityKeyAttestation,
  SecurityKeyCreation,
  SecurityKeyName,
  SecurityKeyPurpose,
  SecurityKeyRequest,
} from './security-key.ts';

const person = z.object({ accountId: Id });
const appointment = z.object({ appointmentId: Id });
const RevisionInput = z.object({ revision: z.number().int().positive() });

/** One's own account, and the people and machines that an administrator answers for. */
export const accountRoutes = {
  /** What a one-time link is for, without using it up. The secret is never part of an address that a server is asked for. */
  'one-time-link:read': route('POST', '/api/one-time-link', {
    body: z.object({ secret: OneTimeSecret }),
    reply: OneTimeLinkDetail,
    access: 'anyone',
  }),
  /** The first facility and the first administrator. */
  'network:found': route('POST', '/api/one-time-link/network', {
    body: FoundInput,
    reply: z.object({ login: z.string() }),
    status: 201,
    access: 'anyone',
  }),
  'password:set': route('POST', '/api/one-time-link/password', {
    body: SetPasswordInput,
    reply: z.object({ login: z.string() }),
    access: 'anyone',
  }),

  'password:change': route('PUT', '/api/account/password', { body: ChangePasswordInput, reply: Empty }),
  'own-sessions:list': route('GET', '/api/account/sessions', { reply: z.array(OwnSessionView) }),
  'own-sessions:end-one': route('DELETE', '/api/account/sessions/:sessionId', {
    params: z.object({ sessionId: Id }),
    reply: Empty,
  }),
  /** All but the one that asks. */
  'own-sessions:end-others': route('DELETE', '/api/account/sessions', { reply: Empty }),
  /** The latest, newest first. */
  'sign-ins:list': route('GET', '/api/account/sign-ins', { reply: z.array(SignInEventView) }),

  'second-factor:read': route('GET', '/api/account/second-factor', {
    reply: SecondFactorView,
    access: 'set-up',
  }),
  /** Begins anew where an earlier one was not confirmed. An app that was added before stays in use until then, and is replaced. */
  'totp:begin': route('POST', '/api/account/second-factor/totp', {
    body: AddFactorInput,
    reply: TotpSetup,
    status: 201,
    access: 'set-up',
  }),
  'totp:confirm': route('PUT', '/api/account/second-factor/totp', {
    body: z.object({ code: TotpCode }),
    reply: RecoveryCodes,
    access: 'set-up',
  }),
  'totp:remove': route('POST', '/api/account/second-factor/totp/removal', {
    body: ProvenInput,
    reply: SecondFactorView,
  }),
  'security-key:begin': route('POST', '/api/account/second-factor/security-keys/challenge', {
    body: AddFactorInput,
    reply: SecurityKeyCreation,
    status: 201,
    access: 'set-up',
  }),
  'security-key:add': route('POST', '/api/account/second-factor/security-keys', {
    body: z.object({ name: SecurityKeyName, attestation: SecurityKeyAttestation }),
    reply: RecoveryCodes,
    status: 201,
    access: 'set-up',
  }),
  'security-key:remove': route('POST', '/api/account/second-factor/security-keys/:keyId/removal', {
    params: z.object({ keyId: Id }),
    body: ProvenInput,
    reply: SecondFactorView,
  }),
  /** What a security key answers for a proof within a session. Each makes the one before it for the same purpose useless. */
  'second-factor:challenge': route('POST', '/api/account/second-factor/challenge', {
    body: z.object({ purpose: SecurityKeyPurpose }),
    reply: SecurityKeyRequest,
    status: 201,
  }),
  /** Ten new ones in the place of those that there were. */
  'recovery-codes:make': route('POST', '/api/account/second-factor/recovery-codes', {
    body: ProvenInput,
    reply: RecoveryCodes,
    status: 201,
  }),

  /** Once more within a session, before what asks for it. */
  'second-factor:prove': route('POST', '/api/account/second-factor/proof', {
    body: z.object({ proof: FactorProof }),
    reply: Empty,
  }),

  'people:list': route('GET', '/api/people', { query: PeopleQuery, reply: PeoplePage }),
  'people:choices': route('GET', '/api/people/choices', { reply: PeopleChoices }),
  'person:invite': route('POST', '/api/people', { body: NewPersonInput, reply: PersonWithLink, status: 201 }),
  'person:read': route('GET', '/api/people/:accountId', { params: person, reply: ManagedPersonView }),
  'person:edit': route('PUT', '/api/people/:accountId', {
    params: person,
    body: PersonEditInput,
    reply: ManagedPersonView,
  }),
  /** To choose a password: the first, or another where it was forgotten. Links made before it are good no more. */
  'person:make-link': route('POST', '/api/people/:accountId/link', {
    params: person,
    reply: PersonWithLink,
    status: 201,
  }),
  'person:disable': route('POST', '/api/people/:accountId/disabling', {
    params: person,
    body: DisableInput,
    reply: ManagedPersonView,
  }),
  'person:reactivate': route('POST', '/api/people/:accountId/reactivation', {
    params: person,
    reply: ManagedPersonView,
  }),
  /** Takes the second factor off the account of whoever has lost it; they sign in with the password alone until they set one up. */
  'person:reset-factor': route('POST', '/api/people/:accountId/second-factor/reset', {
    params: person,
    body: ResetFactorInput,
    reply: ManagedPersonView,
  }),
  /** Who changed the person, and their appointments that the caller administers: what, when and why. */
  'person:history': route('GET', '/api/people/:accountId/history', {
    params: person,
    query: HistoryQuery,
    reply: z.array(HistoryEntry),
  }),
  /** For the security administrator: the accounts that are locked now, or those of a name. At most 20. */
  'account-security:list': route('GET', '/api/account-security', {
    query: AccountSecurityQuery,
    reply: z.array(AccountSecurityView),
  }),
  /** Wrong passwords and codes count no more, wherever they came from. */
  'account-security:unlock': route('POST', '/api/account-security/:accountId/unlocking', {
    params: person,
    body: ResetFactorInput,
    reply: AccountSecurityView,
  }),
  /** As `person:reset-factor`, whichever facility's the account is. */
  'account-security:reset-factor': route('POST', '/api/account-security/:accountId/second-factor/reset', {
    params: person,
    body: ResetFactorInput,
    reply: AccountSecurityView,
  }),
  /** Of a person who practises medicine; whose number is of a wrong length: `licence-number-length` or, of the certificate of qualification, `licence-number-qualification`. */
  'practitioner:read': route('GET', '/api/people/:accountId/practitioner', { params: person, reply: PractitionerView }),
  'practitioner:save': route('PUT', '/api/people/:accountId/practitioner', {
    params: person,
    body: PractitionerInput,
    reply: PractitionerView,
  }),
  'own-practitioner:read': route('GET', '/api/account/practitioner', { reply: PractitionerView }),
  /** Somebody who has an account is appointed at a further facility. */
  'appointment:add': route('POST', '/api/appointments', {
    body: NewAppointmentInput,
    reply: ManagedPersonView,
    status: 201,
  }),
  'appointment:edit': route('PUT', '/api/appointments/:appointmentId', {
    params: appointment,
    body: AppointmentEditInput,
    reply: ManagedPersonView,
  }),
  'appointment:end': route('POST', '/api/appointments/:appointmentId/end', {
    params: appointment,
    body: RevisionInput,
    reply: ManagedPersonView,
  }),
  'appointment:resume': route('POST', '/api/appointments/:appointmentId/resumption', {
    params: appointment,
    body: RevisionInput,
    reply: ManagedPersonView,
  }),
  /** Machines of the facilities that the caller administers, or coordinates cases for, the newest first. */
  'machines:list': route('GET', '/api/machines', { reply: z.array(MachineView) }),
  'machine:make': route('POST', '/api/machines', { body: NewMachineInput, reply: MadeMachine, status: 201 }),
  /** By a second person of the facility: from then on a token that reads pictures opens them. */
  'machine:confirm': route('POST', '/api/machines/:machineId/confirmation', {
    params: z.object({ machineId: Id }),
    reply: MachineView,
  }),
  'machine:history': route('GET', '/api/machines/:machineId/history', {
    params: z.object({ machineId: Id }),
    query: HistoryQuery,
    reply: z.array(HistoryEntry),
  }),
  'machine:revoke': route('POST', '/api/machines/:machineId/revocation', {
    params: z.object({ machineId: Id }),
    reply: MachineView,
  }),
  /** No account of the demo network can ever be used again. */
  'demo-network:end': route('POST', '/api/demo-network/end', { reply: Empty }),
} as const;
