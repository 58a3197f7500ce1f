import type { LicenceFilter, LicenceState, LicenceView, PractitionerData, Role } from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import type { Stores } from '../store/stores.ts';

/** Roles whose holders practise medicine: without a licence on file something is missing. */
export const PRACTISING_ROLES: readonly Role[] = ['physician', 'specialist', 'surgeon'];

export const isPractising = ({ role }: { role: Role }): boolean => PRACTISING_ROLES.includes(role);

export type Licence = Pick<PractitionerData, 'licenceNumber' | 'validFrom' | 'validTo'>;

/** @param licence undefined: nothing is on file. */
export function licenceState(licence: Licence | undefined, at: Date): LicenceState {
  if (!licence || licence.licenceNumber === null) return 'unrecorded';
  const today = chinaDate(at);
  if (licence.validFrom !== null && today < licence.validFrom) return 'upcoming';
  return licence.validTo !== null && licence.validTo < today ? 'expired' : 'valid';
}

const DAY_MS = 24 * 3_600_000;

export function toLicenceView(licence: Licence | undefined, at: Date): LicenceView {
  const state = licenceState(licence, at);
  const validTo = licence?.validTo ?? null;
  const isRunning = validTo !== null && (state === 'valid' || state === 'upcoming');
  const daysLeft = isRunning ? Math.round((Date.parse(validTo) - Date.parse(chinaDate(at))) / DAY_MS) : null;
  return { state, validTo, daysLeft };
}

/** Days before a licence's end on which its holder and their administrators are told. */
export const LICENCE_REMINDER_DAYS = [60, 30, 7] as const;
export type LicenceReminderDays = (typeof LICENCE_REMINDER_DAYS)[number];

/** The days that decide which licences are meant. */
export function licenceFilter(is: LicenceFilter | undefined, at: Date) {
  const soon = new Date(at.getTime() + LICENCE_REMINDER_DAYS[0] * DAY_MS);
  return is && { is, today: chinaDate(at), soon: chinaDate(soon) };
}

/** The nearest of the reminders that are due; a server that was down on the day itself still tells. undefined: none is due. */
export function dueLicenceReminder(licence: Licence, at: Date): LicenceReminderDays | undefined {
  const { state, daysLeft } = toLicenceView(licence, at);
  if (state !== 'valid' || daysLeft === null) return undefined;
  return LICENCE_REMINDER_DAYS.filter((days) => daysLeft <= days).at(-1);
}

/** How these people's licences stand, by account. */
export type LicencesOf = (accountId: string) => LicenceState;

export async function findLicences(
  { practitioners }: Pick<Stores, 'practitioners'>,
  accountIds: Iterable<string>,
  at: Date,
): Promise<LicencesOf> {
  const found = await practitioners.findMany([...new Set(accountIds)]);
  const states = new Map(found.map((one) => [one.accountId, licenceState(one, at)]));
  return (accountId) => states.get(accountId) ?? 'unrecorded';
}
